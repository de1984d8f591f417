//! Tests of the last stage: what is written, what is left alone, and what is refused.

#[cfg(test)]
mod edits;
#[cfg(test)]
mod failure;
#[cfg(test)]
mod folder;
#[cfg(test)]
mod manifest;
#[cfg(test)]
mod ownership;
#[cfg(test)]
mod paths;
#[cfg(test)]
mod report;
#[cfg(test)]
mod run;
#[cfg(test)]
mod single;
