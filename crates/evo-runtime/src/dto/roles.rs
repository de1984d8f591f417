//! Roles and permissions of users.

use std::collections::BTreeMap;

use super::ResponseStatus;
use crate::{record, setters};

/// Gives a user roles and permissions.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct AssignRoles {
    /// The user.
    pub user_name: Option<String>,
    /// The permissions.
    pub permissions: Option<Vec<String>>,
    /// The roles.
    pub roles: Option<Vec<String>>,
    /// More, by names of the service's own.
    pub meta: Option<BTreeMap<String, String>>,
}

record!(AssignRoles { user_name: "UserName", permissions: "Permissions", roles: "Roles", meta: "Meta" });
setters!(AssignRoles() { user_name: String, permissions: Vec<String>, roles: Vec<String>, meta: BTreeMap<String, String> });

/// What the user has afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct AssignRolesResponse {
    /// All roles.
    pub all_roles: Vec<String>,
    /// All permissions.
    pub all_permissions: Vec<String>,
    /// More, by names of the service's own.
    pub meta: BTreeMap<String, String>,
    /// Set where something went wrong.
    pub response_status: Option<ResponseStatus>,
}

record!(AssignRolesResponse {
    all_roles: "AllRoles",
    all_permissions: "AllPermissions",
    meta: "Meta",
    response_status: "ResponseStatus"
});

/// Takes from a user roles and permissions.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct UnAssignRoles {
    /// The user.
    pub user_name: Option<String>,
    /// The permissions.
    pub permissions: Option<Vec<String>>,
    /// The roles.
    pub roles: Option<Vec<String>>,
    /// More, by names of the service's own.
    pub meta: Option<BTreeMap<String, String>>,
}

record!(UnAssignRoles { user_name: "UserName", permissions: "Permissions", roles: "Roles", meta: "Meta" });
setters!(UnAssignRoles() { user_name: String, permissions: Vec<String>, roles: Vec<String>, meta: BTreeMap<String, String> });

/// What the user has afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct UnAssignRolesResponse {
    /// All roles.
    pub all_roles: Vec<String>,
    /// All permissions.
    pub all_permissions: Vec<String>,
    /// More, by names of the service's own.
    pub meta: BTreeMap<String, String>,
    /// Set where something went wrong.
    pub response_status: Option<ResponseStatus>,
}

record!(UnAssignRolesResponse {
    all_roles: "AllRoles",
    all_permissions: "AllPermissions",
    meta: "Meta",
    response_status: "ResponseStatus"
});
