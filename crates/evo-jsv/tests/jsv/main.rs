//! The format through its public interface: what is written, what is read, and what is refused.

mod data_model;
mod hostile;
mod protocol;
mod reading;
