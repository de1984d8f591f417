//! A change between two APIs, with its meaning.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// The meaning of a change for users of the client, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Rust code that compiled with the old client does not compile with the new one.
    Breaking,
    /// The content of requests or responses changes, but the code stays the same.
    Wire,
    /// The change should be reviewed: a new enum value, a stricter rule, an additional role.
    Attention,
    /// An addition that does not affect existing code.
    Additive,
    /// Only documentation changes.
    Documentation,
}

impl Class {
    /// Every class, the worst first.
    pub const ALL: [Self; 5] = [Self::Breaking, Self::Wire, Self::Attention, Self::Additive, Self::Documentation];

    /// Returns the name on the command line and in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Wire => "wire",
            Self::Attention => "attention",
            Self::Additive => "additive",
            Self::Documentation => "documentation",
        }
    }

    /// Returns the heading of the changes of this class.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Breaking => "Breaks Rust code that compiled",
            Self::Wire => "Changes what is sent or read",
            Self::Attention => "Needs attention",
            Self::Additive => "Additive",
            Self::Documentation => "Documentation only",
        }
    }
}

/// Whether something was added, removed or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// Only the new API has the subject.
    Added,
    /// Only the old API has the subject.
    Removed,
    /// Both APIs have the subject, but it differs.
    Changed,
}

/// Formats the sign as in a diff: `+`, `-` or `~`.
impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Added => "+",
            Self::Removed => "-",
            Self::Changed => "~",
        })
    }
}

/// A change between two APIs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The class: the worst one, if the change was found several times.
    pub class: Class,
    /// The kind, such as `member-removed`: one of [`KINDS`](super::KINDS).
    pub kind: &'static str,
    /// The kind of the subject: `operation`, `type`, `member`, `value`, `class`, `module` or `service`.
    pub what: &'static str,
    /// The .NET name of the subject: `Shop.Pet.Name`; the old one if the name changed.
    pub name: String,
    /// The end of a sentence that begins with `what` and `name`: `was removed`.
    pub message: String,
    /// The effect, as a clause; empty if the message is sufficient.
    pub effect: String,
    /// The old value, if it is short: a type, a verb, a route.
    pub old: Option<String>,
    /// The new value.
    pub new: Option<String>,
    /// The operations whose requests contain the subject, or the operation itself. Shared, since many changes affect the same operations.
    pub sent_by: Arc<BTreeSet<String>>,
    /// The operations whose responses contain the subject.
    pub received_by: Arc<BTreeSet<String>>,
    /// The place in the old document, as a JSON pointer.
    pub old_pointer: Option<String>,
    /// The place in the new document, as a JSON pointer.
    pub new_pointer: Option<String>,
}

impl Change {
    /// Returns whether the subject was added, removed or changed.
    #[must_use]
    pub fn sign(&self) -> Sign {
        if self.kind.ends_with("-added") {
            Sign::Added
        } else if self.kind.ends_with("-removed") {
            Sign::Removed
        } else {
            Sign::Changed
        }
    }

    /// Returns the change without its effect: `member Shop.Pet.Name was removed`.
    #[must_use]
    pub fn headline(&self) -> String {
        [self.what, &self.name, &self.message].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Returns all operations that the change affects, by name.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        self.sent_by.union(&self.received_by).map(String::as_str)
    }
}

/// Formats the headline with its sign and effect: `- member Shop.Pet.Name was removed: ..`.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.sign(), self.headline())?;
        if self.effect.is_empty() { Ok(()) } else { write!(f, ": {}", self.effect) }
    }
}
