//! Log lines: the called operation, how the request was bound, and what was ignored.

use std::fmt;
use std::time::Duration;

use crate::host::binding::Bound;

/// The log line of a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Line {
    /// The verb of the request.
    pub method: String,
    /// The path and query of the request.
    pub target: String,
    /// The called operation, with `[]` for a batch; `None` if the address does not belong to an operation.
    pub operation: Option<String>,
    /// The sources of the values: `path`, `query`, `form`, `json body`, `jsv body`.
    pub sources: Vec<&'static str>,
    /// The names in the request that do not match a member.
    pub ignored: Vec<String>,
    /// Other remarks for the developer.
    pub remarks: Vec<String>,
    /// The HTTP status of the response.
    pub status: u16,
    /// The duration of the request in the mock.
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
        // Control characters would break the line.
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
