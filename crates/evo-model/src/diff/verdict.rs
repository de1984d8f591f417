//! The version that a client crate needs after a change.

use super::change::{Change, Class};

/// The changes between two APIs, the worst first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diff {
    /// The changes, ordered by class, then by name.
    pub changes: Vec<Change>,
}

/// The part of a version to raise, according to semantic versioning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// Only documentation changes.
    Patch,
    /// Code that compiled still compiles.
    Minor,
    /// Code that compiled may no longer compile.
    Major,
}

/// The version that a client crate needs, with the reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The part to raise; `None` if nothing changed.
    pub bump: Option<Bump>,
    /// The headlines of the changes that require it.
    pub reasons: Vec<String>,
}

impl Diff {
    /// Returns the number of changes of a class.
    #[must_use]
    pub fn count(&self, class: Class) -> usize {
        self.of(class).count()
    }

    /// Returns the changes of a class, ordered by name.
    pub fn of(&self, class: Class) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.class == class)
    }

    /// Returns the version that a client crate needs.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let bump = self.changes.iter().map(|change| Bump::for_class(change.class)).max();
        let asks = |change: &&Change| Some(Bump::for_class(change.class)) == bump;
        Verdict { bump, reasons: self.changes.iter().filter(asks).map(Change::headline).collect() }
    }
}

impl Bump {
    /// Returns the part that changes of a class require.
    #[must_use]
    pub const fn for_class(class: Class) -> Self {
        match class {
            Class::Breaking => Self::Major,
            Class::Wire | Class::Attention | Class::Additive => Self::Minor,
            Class::Documentation => Self::Patch,
        }
    }

    /// Returns its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// Returns the version that follows `version`; `None` unless `version` is three numbers, optionally followed by a pre-release or build.
    ///
    /// Below 1.0.0, cargo treats the first number that is not zero as the major one.
    #[must_use]
    pub fn next(self, version: &str) -> Option<String> {
        let release = version.split(['-', '+']).next()?;
        let parts: Vec<u64> = release.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
        let [major, minor, patch] = parts.as_slice() else { return None };
        let raised = |number: &u64| number.checked_add(1);
        Some(match (self, major, minor) {
            (_, 0, 0) => format!("0.0.{}", raised(patch)?),
            (Self::Major, 0, _) => format!("0.{}.0", raised(minor)?),
            (_, 0, _) | (Self::Patch, ..) => format!("{major}.{minor}.{}", raised(patch)?),
            (Self::Minor, ..) => format!("{major}.{}.0", raised(minor)?),
            (Self::Major, ..) => format!("{}.0.0", raised(major)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn below_one_the_first_number_that_is_not_zero_counts() {
        for (version, major, minor, patch) in [
            ("1.2.3", "2.0.0", "1.3.0", "1.2.4"),
            ("0.3.1", "0.4.0", "0.3.2", "0.3.2"),
            ("0.0.7", "0.0.8", "0.0.8", "0.0.8"),
            ("2.0.0-beta.1+x", "3.0.0", "2.1.0", "2.0.1"),
        ] {
            let next = |bump: Bump| bump.next(version).unwrap();
            assert_eq!([next(Bump::Major), next(Bump::Minor), next(Bump::Patch)], [major, minor, patch], "{version}");
        }
        for version in ["", "1", "1.2", "a.b.c", "1.2.3.4", "18446744073709551615.0.0"] {
            assert_eq!(Bump::Major.next(version), None, "{version}");
        }
    }
}
