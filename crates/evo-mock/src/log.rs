//! A line for each request: what was called, how it was bound, and what was ignored.

use std::fmt;
use std::time::Duration;

use crate::host::binding::Bound;

/// What happened to a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Line {
    /// The verb of the request.
    pub method: String,
    /// The path and query of the request.
    pub target: String,
    /// The operation that was called, with `[]` for a batch; `None` if no operation has the address.
    pub operation: Option<String>,
    /// Where values came from: `path`, `query`, `form`, `json body`, `jsv body`.
    pub sources: Vec<&'static str>,
    /// Names that no member of the request has.
    pub ignored: Vec<String>,
    /// What else a developer may want to know.
    pub remarks: Vec<String>,
    /// The HTTP status of the answer.
    pub status: u16,
    /// How long the mock took.
    pub took: Duration,
}

impl Line {
    pub(crate) fn bound_from(&mut self, bound: &Bound) {
        self.sources.clone_from(&bound.sources);
        self.ignored.clone_from(&bound.ignored);
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Whatever was sent, a request is one line.
        let target: String = self.target.chars().map(|c| if c.is_control() { '?' } else { c }).collect();
        write!(f, "{} {} {target}", self.status, self.method)?;
        match &self.operation {
            Some(operation) => write!(f, " -> {operation}")?,
            None => write!(f, " (no operation)")?,
        }
        if !self.sources.is_empty() {
            write!(f, ", bound from {}", self.sources.join(" and "))?;
        }
        if !self.ignored.is_empty() {
            write!(f, ", ignored {}", self.ignored.join(", ").replace(|c: char| c.is_control(), "?"))?;
        }
        for remark in &self.remarks {
            write!(f, "; {}", remark.replace(|c: char| c.is_control(), " "))?;
        }
        write!(f, " ({} ms)", self.took.as_millis())
    }
}
