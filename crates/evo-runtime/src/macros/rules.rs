//! Rules of a service that can be checked before a call.

/// Gives a type that is sent a method `validate`, which checks what its service states about the members.
///
/// Each member is followed by its C# name and its rules, which have the names of `ServiceStack`'s validators:
///
/// | rule | what it asks for |
/// |---|---|
/// | `NotNull`, `Null` | a value; none |
/// | `NotEmpty`, `Empty` | a text with more than white space, a collection with items, a value that is not the default of its type; none of these |
/// | `Length(min, max)`, `ExactLength(n)`, `MinimumLength(n)`, `MaximumLength(n)` | so many UTF-16 units of text |
/// | `Email`, `CreditCard` | an `@` inside; a number with the right check digit |
/// | `RegularExpression("pattern")` | a match anywhere in the text; checked with the feature `regex` if both engines read the pattern alike |
/// | `GreaterThan(x)`, `GreaterThanOrEqual(x)`, `LessThan(x)`, `LessThanOrEqual(x)` | a number beyond `x`; for texts, by the order of characters |
/// | `Equal(x)`, `NotEqual(x)` | the number, text or boolean `x`; anything else |
/// | `InclusiveBetween(from, to)`, `ExclusiveBetween(from, to)` | a number between two, or one of them |
/// | `ScalePrecision(scale, precision)` | no more decimals than `scale`, and so many digits in total |
///
/// `value` before the rules says that the member is of a value type, and not a nullable one: unset, it is checked as the 0 that it then is
/// for the service. `code "..."` and `message "..."` after a rule are the service's own; a message may name `{PropertyName}`,
/// `{PropertyValue}` and the parameters of its rule. `as` gives the method another name.
///
/// The error is the one that the service would answer, with the same [`ResponseStatus`](crate::dto::ResponseStatus), but nothing was sent. What
/// needs the service (roles, scripts, other rows) is left to it; a value that a rule cannot be asked about passes.
/// <https://docs.servicestack.net/declarative-validation>
///
/// ```
/// use evo_runtime::{ErrorKind, record, rules, setters};
///
/// #[derive(Debug, Clone, PartialEq, Default)]
/// struct CreateAlbum {
///     artist_id: Option<i32>,
///     title: Option<String>,
/// }
/// record!(CreateAlbum { artist_id: "ArtistId", title: "Title" });
/// setters!(CreateAlbum() { artist_id: i32, title: String });
/// rules!(CreateAlbum {
///     artist_id: "ArtistId" value [GreaterThan(0)],
///     title: "Title" [NotEmpty, Length(1, 20) code "TitleLength" message "Write 1 to {MaxLength} letters."],
/// });
///
/// let error = CreateAlbum::new().title("Live").validate().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Validation);
/// assert_eq!(error.error_code(), Some("GreaterThan"));
/// assert_eq!(error.field("ArtistId").and_then(|error| error.message.as_deref()), Some("'Artist Id' must be greater than '0'."));
///
/// let error = CreateAlbum::new().artist_id(1).title("a title of 28 characters at most").validate().unwrap_err();
/// assert_eq!((error.error_code(), error.message()), (Some("TitleLength"), "Write 1 to 20 letters."));
/// assert!(CreateAlbum::new().artist_id(1).title("Live").validate().is_ok());
/// ```
#[macro_export]
macro_rules! rules {
    ($type:ident { $($members:tt)* }) => {
        $crate::rules!($type as validate { $($members)* });
    };
    ($type:ident as $method:ident {
        $($member:ident : $name:literal $($kind:ident)? [
            $($rule:ident $(($($argument:literal),+))? $(code $code:literal)? $(message $message:literal)?),+ $(,)?
        ]),* $(,)?
    }) => {
        impl $type {
            /// Checks what the service states about the members; nothing is sent.
            ///
            /// # Errors
            ///
            /// If a member breaks a rule: the error that the service would return.
            pub fn $method(&self) -> ::core::result::Result<(), $crate::Error> {
                $crate::validation::check(::core::stringify!($type), &[
                    $($crate::validation::Member {
                        name: $name,
                        value: &self.$member,
                        is_value: $crate::__rule!(@is $($kind)?),
                        rules: &[$($crate::validation::Stated {
                            rule: $crate::__rule!($rule $(($($argument),+))?),
                            code: &[$($code)?],
                            message: &[$($message)?],
                        }),+],
                    }),*
                ])
            }
        }
    };
}

/// The [`Rule`](crate::validation::Rule) behind a word of [`rules!`](crate::rules). What is compared is a number, a text or a boolean.
#[doc(hidden)]
#[macro_export]
macro_rules! __rule {
    (@is) => {
        false
    };
    (@is value) => {
        true
    };
    ($rule:ident) => {
        $crate::validation::Rule::$rule
    };
    (RegularExpression($pattern:literal)) => {
        $crate::validation::Rule::RegularExpression($pattern)
    };
    (Length($min:literal, $max:literal)) => {
        $crate::validation::Rule::Length($min, $max)
    };
    (ScalePrecision($scale:literal, $precision:literal)) => {
        $crate::validation::Rule::ScalePrecision($scale, $precision)
    };
    (ExactLength($length:literal)) => {
        $crate::validation::Rule::ExactLength($length)
    };
    (MinimumLength($length:literal)) => {
        $crate::validation::Rule::MinimumLength($length)
    };
    (MaximumLength($length:literal)) => {
        $crate::validation::Rule::MaximumLength($length)
    };
    ($rule:ident($($value:literal),+)) => {
        $crate::validation::Rule::$rule($(&$value),+)
    };
}
