//! Documents from files, standard input and services.

mod files;
#[cfg(feature = "http")]
mod http;
