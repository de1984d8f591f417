//! Validation rules of a service that clients can check before a call.

/// Adds a method `validate` to a request type, which checks the rules that its service declares for the members.
///
/// Each member is followed by its C# name and its rules, which are named after `ServiceStack`'s validators:
///
/// | rule | the value must be |
/// |---|---|
/// | `NotNull`, `Null` | not null; null |
/// | `NotEmpty`, `Empty` | text that is not blank, a collection with items, or a value other than the default of its type; none of these |
/// | `Length(min, max)`, `ExactLength(n)`, `MinimumLength(n)`, `MaximumLength(n)` | text of this length in UTF-16 units |
/// | `Email`, `CreditCard` | text with an `@` inside; a number with a valid check digit |
/// | `RegularExpression("pattern")` | text with a match; checked with the feature `regex`, if it reads the pattern as .NET does |
/// | `GreaterThan(x)`, `GreaterThanOrEqual(x)`, `LessThan(x)`, `LessThanOrEqual(x)` | in this relation to `x`; text is compared by characters |
/// | `Equal(x)`, `NotEqual(x)` | equal to the number, text or boolean `x`; not equal to it |
/// | `InclusiveBetween(from, to)`, `ExclusiveBetween(from, to)` | between the two numbers, which are included or excluded |
/// | `ScalePrecision(scale, precision)` | a number with at most `scale` decimals and `precision` digits in total |
///
/// `value` before the rules marks a member of a value type that is not nullable: if it is not set, it is checked as 0, which is what the service
/// reads. `code "..."` and `message "..."` after a rule replace the default code and message; a message can contain `{PropertyName}`,
/// `{PropertyValue}` and the parameters of its rule. `as` gives the method another name.
///
/// The error is the one that the service would return, with the same [`ResponseStatus`](crate::dto::ResponseStatus), but nothing is sent. Rules
/// that only the service can check (roles, scripts, other rows) are not part of it, and a value that a rule does not apply to passes.
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
            /// Checks the rules that the service declares for the members. Nothing is sent.
            ///
            /// # Errors
            ///
            /// If a member breaks a rule. The error is the one that the service would return.
            #[inline]
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

/// The [`Rule`](crate::validation::Rule) for a keyword of [`rules!`](crate::rules). Operands are numbers, strings or booleans.
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
