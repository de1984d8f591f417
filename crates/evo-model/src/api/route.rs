//! Declared routes of the model.

/// A declared route that a client can fill in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Route {
    /// The segments between the slashes.
    pub segments: Vec<Vec<Part>>,
    /// The variable at the end that matches the rest of the path, including slashes.
    pub tail: Option<Variable>,
}

/// A part of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Literal text.
    Literal(String),
    /// A variable.
    Variable(Variable),
}

/// A variable of a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// The C# name of the member that fills it.
    pub member: String,
    /// The constraint on the value as the service writes it, for example `int`.
    pub constraint: Option<String>,
    /// Whether the value may be missing.
    pub is_optional: bool,
}

impl Route {
    /// Returns the route in the runtime's syntax: `/sessions/{SessionId}`, with a tail as `{Path*}`.
    #[must_use]
    pub fn template(&self) -> String {
        let mut template = String::new();
        for segment in &self.segments {
            template.push('/');
            for part in segment {
                match part {
                    Part::Literal(text) => template.push_str(text),
                    Part::Variable(variable) => template.extend(["{", variable.member.as_str(), "}"]),
                }
            }
        }
        if let Some(tail) = &self.tail {
            template.extend(["/{", tail.member.as_str(), "*}"]);
        }
        template
    }

    /// Returns the variables that need a value, in order.
    pub fn needed(&self) -> impl Iterator<Item = &Variable> {
        let variables = self.segments.iter().flatten().filter_map(|part| match part {
            Part::Variable(variable) => Some(variable),
            Part::Literal(_) => None,
        });
        variables.filter(|variable| !variable.is_optional)
    }
}
