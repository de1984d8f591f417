//! How an operation is called.

/// Makes a record callable: implements [`Operation`](crate::Operation) for it.
///
/// A verb (any name: hosts without endpoint routing know verbs of their own), the routes that can be used with it (perhaps none), and what
/// comes back: a type that is decoded, `()` for nothing, or `raw` and `String`, `Bytes` or `Download` where the whole body is the answer.
/// `dates` says that the answer holds a `DateTime` or `DateTimeOffset`; `rows` names the types whose members the conditions of an `AutoQuery`
/// operation may name. The operation is called like its type unless `as` says otherwise.
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
        $crate::operation_of!($operation, ::core::stringify!($operation), $($call)+);
    };
    ($operation:ident as $name:literal : $($call:tt)+) => {
        $crate::operation_of!($operation, $name, $($call)+);
    };
}

/// The forms of an answer in [`operation!`](crate::operation!).
#[doc(hidden)]
#[macro_export]
macro_rules! operation_of {
    ($operation:ident, $name:expr, $method:ident $($route:literal),* => ()) => {
        impl $crate::Operation for $operation {
            type Answer = ();
            const SPEC: $crate::OperationSpec = $crate::OperationSpec::new($name, ::core::stringify!($method), &[$($route),*])
                .answering($crate::operations::AnswerShape::Nothing);

            fn answer(_: $crate::Reply) -> ::core::result::Result<(), $crate::Error> {
                ::core::result::Result::Ok(())
            }
        }
    };
    ($operation:ident, $name:expr, $method:ident $($route:literal),* => raw $answer:ty) => {
        #[allow(clippy::type_complexity, clippy::zero_sized_map_values, reason = "the types are the service's")]
        impl $crate::Operation for $operation {
            type Answer = $answer;
            const SPEC: $crate::OperationSpec = $crate::OperationSpec::new($name, ::core::stringify!($method), &[$($route),*])
                .answering(<$answer as $crate::operations::RawAnswer>::SHAPE);

            fn answer(reply: $crate::Reply) -> ::core::result::Result<$answer, $crate::Error> {
                <$answer as $crate::operations::RawAnswer>::from_reply(reply)
            }
        }
    };
    ($operation:ident, $name:expr, $method:ident $($route:literal),* => $answer:ty, rows $($row:ty),+) => {
        impl $crate::Operation for $operation {
            type Answer = $answer;
            const SPEC: $crate::OperationSpec = $crate::OperationSpec::new($name, ::core::stringify!($method), &[$($route),*]);

            fn rows() -> ::std::vec::Vec<&'static $crate::wire::Shape> {
                ::std::vec::Vec::from([$($crate::wire::Record::shape(&$crate::private::unset::<$row>())),+])
            }

            fn answer(reply: $crate::Reply) -> ::core::result::Result<$answer, $crate::Error> {
                reply.decode()
            }
        }
    };
    ($operation:ident, $name:expr, $method:ident $($route:literal),* => $answer:ty, dates, rows $($row:ty),+) => {
        impl $crate::Operation for $operation {
            type Answer = $answer;
            const SPEC: $crate::OperationSpec = $crate::OperationSpec::new($name, ::core::stringify!($method), &[$($route),*]).dates();

            fn rows() -> ::std::vec::Vec<&'static $crate::wire::Shape> {
                ::std::vec::Vec::from([$($crate::wire::Record::shape(&$crate::private::unset::<$row>())),+])
            }

            fn answer(reply: $crate::Reply) -> ::core::result::Result<$answer, $crate::Error> {
                reply.decode()
            }
        }
    };
    ($operation:ident, $name:expr, $method:ident $($route:literal),* => $answer:ty $(, $dates:ident)?) => {
        #[allow(clippy::type_complexity, clippy::zero_sized_map_values, reason = "the types are the service's")]
        impl $crate::Operation for $operation {
            type Answer = $answer;
            const SPEC: $crate::OperationSpec = $crate::OperationSpec::new($name, ::core::stringify!($method), &[$($route),*])
                $(.$dates())?;

            fn answer(reply: $crate::Reply) -> ::core::result::Result<$answer, $crate::Error> {
                reply.decode()
            }
        }
    };
}
