//! Prints a request.

/// The client.
pub mod api {
    include!(concat!(env!("OUT_DIR"), "/api.rs"));
}

fn main() {
    println!("{:?}", api::FindPets { name: Some("Rex".to_owned()), ..Default::default() });
}
