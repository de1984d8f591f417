//! Declared routes of the model.

/// A declared route that a client can fill in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Route {
    /// What stands between the slashes; the first is behind the first slash.
    pub segments: Vec<Vec<Part>>,
    /// The variable that takes the rest of the path, slashes and all.
    pub tail: Option<Variable>,
}

/// A part of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text.
    Literal(String),
    /// A variable.
    Variable(Variable),
}

/// A variable of a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// The C# name of the member that fills it.
    pub member: String,
    /// What the service wants of the value, as it spells that: `int`.
    pub constraint: Option<String>,
    /// The service does without a value.
    pub is_optional: bool,
}

impl Route {
    /// The route as the runtime reads it: `/sessions/{SessionId}`, a tail as `{Path*}`.
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

    /// The variables that the path is nothing without, in their order.
    pub fn needed(&self) -> impl Iterator<Item = &Variable> {
        let variables = self.segments.iter().flatten().filter_map(|part| match part {
            Part::Variable(variable) => Some(variable),
            Part::Literal(_) => None,
        });
        variables.filter(|variable| !variable.is_optional)
    }
}
