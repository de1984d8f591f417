//! The settings `dates` and `decimals`: which Rust types represent dates, times and decimals.
//!
//! Before this pass, dates and decimals have the types of evo-runtime. Optional members are decided afterwards, since some types of other
//! crates have no default value.

use crate::api::{IdVec, ItemId, Ty};
use crate::config::{Dates, Decimals, Settings};
use crate::lower::draft::Item;

/// Replaces the date and decimal types of evo-runtime by the types that the settings select.
pub(crate) fn represent(items: &mut IdVec<ItemId, Item>, settings: &Settings) {
    if settings.dates == Dates::Runtime && settings.decimals == Decimals::Decimal {
        return;
    }
    for item in items {
        item.types_mut().for_each(|(_, ty)| represent_inside(ty, settings, false));
    }
}

/// Changes a type and the types inside it. `needs_no_default` is true inside an `Option` and for keys, which need no default value.
fn represent_inside(ty: &mut Ty, settings: &Settings, needs_no_default: bool) {
    match ty {
        Ty::Runtime(_, args) | Ty::Item(_, args) => {
            for arg in args {
                represent_inside(arg, settings, false);
            }
        }
        Ty::Foreign(foreign) => foreign.args.iter_mut().for_each(|arg| represent_inside(arg, settings, false)),
        Ty::Option(inner) => represent_inside(inner, settings, true),
        Ty::List(inner) | Ty::Boxed(inner) => represent_inside(inner, settings, false),
        Ty::Map(key, value) => {
            represent_inside(key, settings, true);
            represent_inside(value, settings, false);
        }
        Ty::Std(_) | Ty::Parameter(_) => {}
    }
    if let Some(date) = date(ty, settings.dates) {
        *ty = if needs_no_default || has_default(&date) { date } else { Ty::Option(Box::new(date)) };
    } else if let Some(decimal) = decimal(ty, settings.decimals) {
        *ty = decimal;
    }
}

/// Returns the selected type for a date, time or time span of evo-runtime, or `None` if it stays the same.
fn date(ty: &Ty, dates: Dates) -> Option<Ty> {
    let Ty::Runtime(name, _) = ty else { return None };
    let path = match (dates, name.as_str()) {
        (Dates::Text, "DateTime" | "DateTimeOffset" | "Date" | "Time" | "TimeSpan") => return Some(Ty::Std("String")),
        // The civil date and time of evo-runtime are jiff's.
        (Dates::Jiff, "DateTime") => "jiff::Timestamp",
        (Dates::Jiff, "DateTimeOffset") => "jiff::Zoned",
        (Dates::Jiff, "TimeSpan") => "jiff::SignedDuration",
        (Dates::Chrono, "DateTime") => return Some(chrono_date("Utc")),
        (Dates::Chrono, "DateTimeOffset") => return Some(chrono_date("FixedOffset")),
        (Dates::Chrono, "Date") => "chrono::NaiveDate",
        (Dates::Chrono, "Time") => "chrono::NaiveTime",
        (Dates::Chrono, "TimeSpan") => "chrono::TimeDelta",
        (Dates::Time, "DateTime" | "DateTimeOffset") => "time::OffsetDateTime",
        (Dates::Time, "Date") => "time::Date",
        (Dates::Time, "Time") => "time::Time",
        (Dates::Time, "TimeSpan") => "time::Duration",
        _ => return None,
    };
    Some(Ty::Runtime(path.to_owned(), Vec::new()))
}

fn chrono_date(zone: &str) -> Ty {
    let zone = Ty::Runtime(format!("chrono::{zone}"), Vec::new());
    Ty::Runtime("chrono::DateTime".to_owned(), vec![zone])
}

/// Whether a type has a default value. The dates of the crate `time` have none.
pub(crate) fn has_default(ty: &Ty) -> bool {
    !matches!(ty, Ty::Runtime(name, _) if matches!(name.as_str(), "time::OffsetDateTime" | "time::Date" | "time::Time"))
}

/// Whether the default of a type is the .NET default, which hosts treat as "not set". The default dates of other crates are in 1970, not in
/// the year 1.
pub(crate) fn has_default_of_dotnet(ty: &Ty) -> bool {
    const OTHERS: [&str; 4] = ["jiff::Timestamp", "jiff::Zoned", "chrono::DateTime", "chrono::NaiveDate"];
    has_default(ty) && !matches!(ty, Ty::Runtime(name, _) if OTHERS.contains(&name.as_str()))
}

fn decimal(ty: &Ty, decimals: Decimals) -> Option<Ty> {
    let is_decimal = matches!(ty, Ty::Runtime(name, _) if name == "Decimal");
    match decimals {
        _ if !is_decimal => None,
        Decimals::Decimal => None,
        Decimals::Double => Some(Ty::Std("f64")),
        Decimals::Text => Some(Ty::Runtime("DecimalText".to_owned(), Vec::new())),
    }
}
