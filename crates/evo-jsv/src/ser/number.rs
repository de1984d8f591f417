//! Formats floats.

/// Formats a float in the shortest form that parses to the same number. Integral values have no decimal point; values that are not finite
/// are written as words.
macro_rules! float_text {
    ($name:ident, $float:ty) => {
        pub(super) fn $name(value: $float) -> String {
            if value.is_nan() {
                "NaN".to_owned()
            } else if value.is_infinite() {
                if value.is_sign_negative() { "-Infinity" } else { "Infinity" }.to_owned()
            } else {
                // `Debug` uses an exponent; `Display` would write hundreds of zeros.
                let mut text = format!("{value:?}");
                if text.ends_with(".0") {
                    text.truncate(text.len() - 2);
                }
                text
            }
        }
    };
}

float_text!(f32_text, f32);
float_text!(f64_text, f64);

#[cfg(test)]
mod tests {
    use super::{f32_text, f64_text};

    #[test]
    fn floats() {
        let cases = [
            (1.0, "1"),
            (-0.0, "-0"),
            (0.1, "0.1"),
            (1e300, "1e300"),
            (1.5e-7, "1.5e-7"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "Infinity"),
            (f64::NEG_INFINITY, "-Infinity"),
        ];
        for (value, text) in cases {
            assert_eq!(f64_text(value), text);
        }
        assert_eq!(f32_text(0.1), "0.1");
        assert_eq!(f32_text(f32::MAX), "3.4028235e38");
    }
}
