//! Generated modules may define types with any name: the macros do not depend on the prelude.

use evo_runtime::wire::json;

mod shadowed {
    #![allow(dead_code, reason = "the names are what matters")]

    use evo_runtime::{choice, collection, flags, record, setters, variants};

    macro_rules! shadows {
        ($($name:ident)*) => {$(
            #[derive(Debug, Clone, Copy, PartialEq, Default)]
            pub struct $name(i32);
        )*};
    }

    shadows!(Option Vec Box Result Default String Error Send Sync Some None Ok Err Iterator IntoIterator From Into FromStr ToString Client Wire Key Value Other Cow);

    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct Holder<T> {
        pub option: ::std::option::Option<Choice>,
        pub item: T,
    }
    record!(Holder<T> { option: "Option", item: "Item" });
    setters!(Holder<T>() { option: Choice });

    #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
    #[non_exhaustive]
    pub enum Choice {
        #[default]
        None,
        Some,
        Ok,
        Err,
        Unknown(evo_runtime::UnknownValue),
    }
    choice!(Choice { None: "None" = 0, Some: "Some" = 1, Ok: "Ok" = 2, Err: "Err" = 3 } else Unknown);

    #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
    pub struct Flags(u64);
    flags!(Flags { MEMBERS: "Members" = 1, ALL: "All" = 2, EMPTY: "Empty" = 4 });

    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct List(pub ::std::vec::Vec<Flags>);
    collection!(List(::std::vec::Vec<Flags>));

    #[derive(Debug, Clone, PartialEq)]
    pub enum Any {
        Some(::std::boxed::Box<Holder<List>>),
        Err(::std::boxed::Box<evo_runtime::Other<Holder<List>>>),
    }
    variants!(Any { Some: "Some" } else Err);
}

#[test]
fn types_may_be_called_like_those_of_the_prelude() {
    let holder = shadowed::Holder::<shadowed::List>::new().option(shadowed::Choice::Err);
    let bytes = json::to_vec(&holder).expect("a record");
    assert_eq!(bytes, br#"{"option":"Err","item":[]}"#);
    let read: shadowed::Any =
        json::from_slice(br#"{"__type":"Some","option":"err","item":["members, 4"]}"#).expect("a record");
    let flags = shadowed::Flags::MEMBERS | shadowed::Flags::EMPTY;
    let expected = shadowed::Holder { item: shadowed::List(vec![flags]), ..holder };
    assert_eq!(read, shadowed::Any::Some(Box::new(expected)));
}
