//! The standard library and runtime types, by their names.

/// Calls `$do!(Type)` with the type of this name if it can be a map key; otherwise the result is `$else`.
macro_rules! with_key_type {
    ($name:expr, $do:ident, $else:expr) => {
        match $name {
            "bool" => $do!(bool),
            "i8" => $do!(i8),
            "u8" => $do!(u8),
            "i16" => $do!(i16),
            "u16" => $do!(u16),
            "i32" => $do!(i32),
            "u32" => $do!(u32),
            "i64" => $do!(i64),
            "u64" => $do!(u64),
            "char" => $do!(char),
            "String" => $do!(String),
            "Decimal" => $do!(evo_runtime::Decimal),
            "DecimalText" => $do!(evo_runtime::DecimalText),
            "DateTime" => $do!(evo_runtime::DateTime),
            "DateTimeOffset" => $do!(evo_runtime::DateTimeOffset),
            "Date" => $do!(evo_runtime::Date),
            "Time" => $do!(evo_runtime::Time),
            "TimeSpan" => $do!(evo_runtime::TimeSpan),
            "Uuid" => $do!(evo_runtime::Uuid),
            "DayOfWeek" => $do!(evo_runtime::DayOfWeek),
            "HttpStatusCode" => $do!(evo_runtime::HttpStatusCode),
            _ => $else,
        }
    };
}

/// Calls `$do!(Type)` with the type of this name; otherwise the result is `$else`.
macro_rules! with_type {
    ($name:expr, $do:ident, $else:expr) => {
        match $name {
            "f32" => $do!(f32),
            "f64" => $do!(f64),
            "Bytes" => $do!(evo_runtime::Bytes),
            name => $crate::cli::call::value::rust_types::with_key_type!(name, $do, $else),
        }
    };
}

pub(super) use {with_key_type, with_type};
