//! Tests the format through its public interface: encoding, decoding, and errors.

mod data_model;
mod hostile;
mod protocol;
mod reading;
