//! ServiceStack's own DTOs.
