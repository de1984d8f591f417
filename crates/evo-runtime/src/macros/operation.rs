//! Operations: how a request is sent and what it returns.

/// Implements [`Operation`](crate::Operation) for a record, so that a client can send it.
///
/// The type is followed by an HTTP method (any name, because hosts without endpoint routing define their own), by the declared routes that
/// support this method, if any, and by the response: a type to decode, `()` for no response, or `raw` with `String`, `Bytes` or `Download`
/// for the body as it is. The operation has the name of its type unless `as` specifies another one. These keywords can follow the response,
/// in this order:
///
/// | keyword | meaning |
/// |---|---|
/// | `dates` | the response contains a `DateTime` or `DateTimeOffset`, which classic hosts write exactly only on request |
/// | `only routes` | the operation is called only at its declared routes, because another operation of the service has the same name |
/// | `rows A, B` | the types whose members the conditions of an `AutoQuery` operation can name |
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

/// Implements [`operation!`](crate::operation!) for each form of response.
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

            #[inline]
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

            #[inline]
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

            #[inline]
            fn answer(reply: $crate::Reply) -> ::core::result::Result<$answer, $crate::Error> {
                reply.decode()
            }
        }
    };
}

/// Applies the keywords of [`operation!`](crate::operation!) to the description of an operation.
#[doc(hidden)]
#[macro_export]
macro_rules! __operation_keywords {
    ([$spec:expr]) => { $spec };
    ([$spec:expr] dates $(, $($rest:tt)+)?) => { $crate::__operation_keywords!([$spec.dates()] $($($rest)+)?) };
    ([$spec:expr] only routes $(, $($rest:tt)+)?) => { $crate::__operation_keywords!([$spec.only_routes()] $($($rest)+)?) };
    ([$spec:expr] rows $($row:ty),+) => { $spec };
}

/// Implements `rows` for the keyword of [`operation!`](crate::operation!).
#[doc(hidden)]
#[macro_export]
macro_rules! __operation_rows {
    () => {};
    (dates $(, $($rest:tt)+)?) => { $crate::__operation_rows!($($($rest)+)?); };
    (only routes $(, $($rest:tt)+)?) => { $crate::__operation_rows!($($($rest)+)?); };
    (rows $($row:ty),+) => {
        #[inline]
        fn rows() -> ::std::vec::Vec<&'static $crate::wire::Shape> {
            ::std::vec::Vec::from([$($crate::wire::Record::shape(&$crate::private::unset::<$row>())),+])
        }
    };
}
