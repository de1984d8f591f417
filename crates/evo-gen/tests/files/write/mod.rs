//! Generated files in an output folder.

mod edits;
mod failure;
mod folder;
mod manifest;
mod ownership;
mod paths;
mod report;
mod run;
mod single;
