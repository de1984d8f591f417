//! Tests of the module `write`.

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
