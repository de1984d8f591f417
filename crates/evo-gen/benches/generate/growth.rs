//! Documents with extreme shapes: the time must grow linearly with their size.

use std::error::Error;

use evo_gen::Generator;
use evo_gen::source::{Limits, read_standard_input};
use serde_json::{Value, json};

use crate::{SIZE_RUNS, median_milliseconds, shapes};

/// The sizes that are compared.
const FEW: usize = 200;
const MANY: usize = 800;

/// The ratio that linear growth stays below. Quadratic growth has a ratio of 16.
const LIMIT: f64 = 10.0;

/// A small constant that does not count, in milliseconds.
const TOLERANCE: f64 = 100.0;

/// Prints the times of both sizes of every shape. Fails if a shape grows faster than linearly.
pub fn measure() -> Result<(), Box<dyn Error>> {
    let flags = json!({ "isEnumInt": true, "attributes": [{ "name": "Flags" }] });
    let plain = json!({});
    let documents: [(&str, &dyn Fn(usize) -> Value); 7] = [
        ("members", &shapes::members),
        ("members with the same name", &shapes::same_names),
        ("values", &|count| shapes::values(count, &plain)),
        ("flags", &|count| shapes::values(count, &flags)),
        ("a cycle", &shapes::cycle),
        ("a growing cycle", &shapes::growing_cycle),
        ("derived classes", &shapes::derived),
    ];
    println!("\nshape                         {FEW:>10} {MANY:>13}    ratio");
    for (shape, document) in documents {
        let (few, many) = (time(&document(FEW))?, time(&document(MANY))?);
        println!("{shape:<30} {few:>7.1} ms {many:>10.1} ms {:>8.1}", many / few);
        if many > few * LIMIT + TOLERANCE {
            return Err(format!("{shape}: the time grows faster than the document").into());
        }
    }
    Ok(())
}

fn time(document: &Value) -> Result<f64, Box<dyn Error>> {
    let document = read_standard_input(document.to_string().as_bytes(), &Limits::default())?;
    let generator = Generator::new().document(document);
    Ok(median_milliseconds(SIZE_RUNS, || generator.generate().map(drop))?)
}
