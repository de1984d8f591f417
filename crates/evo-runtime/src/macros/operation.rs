//! How an operation is called.

/// Makes a record callable: implements [`Operation`](crate::Operation) for it.
///
/// A method of HTTP (any name: hosts without endpoint routing know methods of their own), the declared routes that can be used with it
/// (perhaps none), and the answer: a type that is decoded, `()` for nothing, or `raw` and `String`, `Bytes` or `Download` if the whole body is
/// the answer. The operation is called by the name of its type unless `as` gives another one. Behind the answer may stand, in this order:
///
/// | keyword | meaning |
/// |---|---|
/// | `dates` | the answer holds a `DateTime` or `DateTimeOffset`, which classic hosts write exactly only on request |
/// | `only routes` | the operation is called by its declared routes alone: another operation of the service has the same name |
/// | `rows A, B` | the types whose members the conditions of an `AutoQuery` operation may name |
///
/// ```
/// use evo_runtime::{Operation, operation, record};
///
/// #[derive(Debug, Clone, PartialEq, Default)]
/// struct EndSession {
///     session_id: Option<String>,
/// }
///
/// record!(EndSession { session_id: "SessionId" });
/// operation!(EndSession: DELETE "/sessions/{SessionId}" => ());
///
/// assert_eq!(EndSession::SPEC.name, "EndSession");
/// assert_eq!(EndSession::SPEC.routes, ["/sessions/{SessionId}"]);
/// ```
#[macro_export]
macro_rules! operation {
    ($operation:ident : $($call:tt)+) => {
        $crate::__operation!($operation, ::core::stringify!($operation), $($call)+);
    };
    ($operation:ident as $name:literal : $($call:tt)+) => {
        $crate::__operation!($operation, $name, $($call)+);
    };
}

/// The forms of an answer in [`operation!`](crate::operation!).
#[doc(hidden)]
#[macro_export]
macro_rules! __operation {
    ($operation:ident, $name:expr, $method:ident $($route:literal),* => () $(, $($keywords:tt)+)?) => {
        impl $crate::Operation for $operation {
            type Answer = ();
            const SPEC: $crate::OperationSpec = $crate::__operation_keywords!(
                [$crate::OperationSpec::new($name, ::core::stringify!($method), &[$($route),*])
                    .answering($crate::operations::AnswerShape::Nothing)]
                $($($keywords)+)?
            );

            fn answer(_: $crate::Reply) -> ::core::result::Result<(), $crate::Error> {
                ::core::result::Result::Ok(())
            }
        }
    };
    ($operation:ident, $name:expr, $method:ident $($route:literal),* => raw $answer:ty $(, $($keywords:tt)+)?) => {
        #[allow(clippy::type_complexity, clippy::zero_sized_map_values, reason = "the types are the service's")]
        impl $crate::Operation for $operation {
            type Answer = $answer;
            const SPEC: $crate::OperationSpec = $crate::__operation_keywords!(
                [$crate::OperationSpec::new($name, ::core::stringify!($method), &[$($route),*])
                    .answering(<$answer as $crate::operations::RawAnswer>::SHAPE)]
                $($($keywords)+)?
            );

            fn answer(reply: $crate::Reply) -> ::core::result::Result<$answer, $crate::Error> {
                <$answer as $crate::operations::RawAnswer>::from_reply(reply)
            }
        }
    };
    ($operation:ident, $name:expr, $method:ident $($route:literal),* => $answer:ty $(, $($keywords:tt)+)?) => {
        #[allow(clippy::type_complexity, clippy::zero_sized_map_values, reason = "the types are the service's")]
        impl $crate::Operation for $operation {
            type Answer = $answer;
            const SPEC: $crate::OperationSpec = $crate::__operation_keywords!(
                [$crate::OperationSpec::new($name, ::core::stringify!($method), &[$($route),*])]
                $($($keywords)+)?
            );

            $crate::__operation_rows!($($($keywords)+)?);

            fn answer(reply: $crate::Reply) -> ::core::result::Result<$answer, $crate::Error> {
                reply.decode()
            }
        }
    };
}

/// The description of an operation after the keywords of [`operation!`](crate::operation!).
#[doc(hidden)]
#[macro_export]
macro_rules! __operation_keywords {
    ([$spec:expr]) => { $spec };
    ([$spec:expr] dates $(, $($rest:tt)+)?) => { $crate::__operation_keywords!([$spec.dates()] $($($rest)+)?) };
    ([$spec:expr] only routes $(, $($rest:tt)+)?) => { $crate::__operation_keywords!([$spec.only_routes()] $($($rest)+)?) };
    ([$spec:expr] rows $($row:ty),+) => { $spec };
}

/// The rows among the keywords of [`operation!`](crate::operation!).
#[doc(hidden)]
#[macro_export]
macro_rules! __operation_rows {
    () => {};
    (dates $(, $($rest:tt)+)?) => { $crate::__operation_rows!($($($rest)+)?); };
    (only routes $(, $($rest:tt)+)?) => { $crate::__operation_rows!($($($rest)+)?); };
    (rows $($row:ty),+) => {
        fn rows() -> ::std::vec::Vec<&'static $crate::wire::Shape> {
            ::std::vec::Vec::from([$($crate::wire::Record::shape(&$crate::private::unset::<$row>())),+])
        }
    };
}
