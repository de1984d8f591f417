//! API keys of users: <https://docs.servicestack.net/auth/api-key-authprovider>.

use std::collections::BTreeMap;
use std::fmt;

use super::ResponseStatus;
use crate::{DateTime, record, setters};

/// Lists the keys of the user who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct GetApiKeys {
    /// The environment that the keys are for, `live` or `test`.
    pub environment: Option<String>,
    /// More, by names of the service's own.
    pub meta: Option<BTreeMap<String, String>>,
}

record!(GetApiKeys { environment: "Environment", meta: "Meta" });
setters!(GetApiKeys() { environment: String, meta: BTreeMap<String, String> });

/// The user's keys.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct GetApiKeysResponse {
    /// The keys.
    pub results: Vec<UserApiKey>,
    /// More, by names of the service's own.
    pub meta: BTreeMap<String, String>,
    /// Set where something went wrong.
    pub response_status: Option<ResponseStatus>,
}

record!(GetApiKeysResponse { results: "Results", meta: "Meta", response_status: "ResponseStatus" });

/// Replaces the keys of the user who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct RegenerateApiKeys {
    /// The environment that the keys are for, `live` or `test`.
    pub environment: Option<String>,
    /// More, by names of the service's own.
    pub meta: Option<BTreeMap<String, String>>,
}

record!(RegenerateApiKeys { environment: "Environment", meta: "Meta" });
setters!(RegenerateApiKeys() { environment: String, meta: BTreeMap<String, String> });

/// The new keys.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct RegenerateApiKeysResponse {
    /// The keys.
    pub results: Vec<UserApiKey>,
    /// More, by names of the service's own.
    pub meta: BTreeMap<String, String>,
    /// Set where something went wrong.
    pub response_status: Option<ResponseStatus>,
}

record!(RegenerateApiKeysResponse { results: "Results", meta: "Meta", response_status: "ResponseStatus" });

/// A key.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct UserApiKey {
    /// What is sent.
    pub key: Option<String>,
    /// What the key is for.
    pub key_type: Option<String>,
    /// When it expires.
    pub expiry_date: Option<DateTime>,
    /// More, by names of the service's own.
    pub meta: BTreeMap<String, String>,
}

record!(UserApiKey { key: "Key", key_type: "KeyType", expiry_date: "ExpiryDate", meta: "Meta" });

/// Without the key.
impl fmt::Debug for UserApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserApiKey")
            .field("key_type", &self.key_type)
            .field("expiry_date", &self.expiry_date)
            .finish_non_exhaustive()
    }
}
