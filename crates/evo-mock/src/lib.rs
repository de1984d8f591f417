#![doc = include_str!("../README.md")]

mod host;
mod log;
mod mock;
mod page;
mod reply;
mod request;
mod rules;
mod sample;
mod samples;
mod schema;
mod server;
mod values;

pub use self::host::Dialect;
pub use self::host::access::User;
pub use self::host::custom_responses::CustomResponse;
pub use self::host::faults::parse_duration;
pub use self::log::Line;
pub use self::mock::{Error, Mock};
pub use self::rules::{CheckedMember, check_rules};
pub use self::samples::Samples;
pub use self::server::Running;
pub use self::values::json_writer::Casing;
