//! Operations of a document.

use super::node::Node;
use super::types::{Type, TypeName};
use crate::diagnostics::Diagnostics;

/// An operation: a request DTO and how to call it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Operation {
    /// The JSON pointer to the operation.
    pub pointer: String,
    /// The request DTO.
    pub request: Type,
    /// The response, described like a DTO even if it is not one.
    pub response: Option<Type>,
    /// The verbs that the service implements, upper-case; `ANY` represents all.
    pub actions: Vec<String>,
    /// Whether the DTO implements `IReturnVoid`.
    pub returns_void: bool,
    /// The preferred verb, which is not always an HTTP verb (`GETJSON`); absent before v5.14.
    pub method: Option<String>,
    /// The argument of `IReturn<T>`.
    pub return_type: Option<TypeName>,
    /// The declared routes, in order.
    pub routes: Vec<Route>,
    /// The table of an AutoQuery or CRUD operation.
    pub data_model: Option<TypeName>,
    /// The class of the rows as shown in user interfaces.
    pub view_model: Option<TypeName>,
    /// Whether a signed-in user is required.
    pub requires_auth: bool,
    /// Whether an API key is required.
    pub requires_api_key: bool,
    /// Roles that are all required.
    pub required_roles: Vec<String>,
    /// Roles, one of which is required.
    pub requires_any_role: Vec<String>,
    /// Permissions that are all required.
    pub required_permissions: Vec<String>,
    /// Permissions, one of which is required.
    pub requires_any_permission: Vec<String>,
    /// The tags, which can be arbitrary strings.
    pub tags: Vec<String>,
}

/// A declared route.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Route {
    /// The JSON pointer to the route.
    pub pointer: String,
    /// The path, with variables and wildcards in braces.
    pub path: String,
    /// The verbs exactly as declared; absent if the route accepts all.
    pub verbs: Option<String>,
    /// A short description.
    pub summary: Option<String>,
    /// A longer description, possibly HTML.
    pub notes: Option<String>,
}

impl Operation {
    pub(super) fn read(node: &Node<'_>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let described = node.object("request", diagnostics);
        let request = described.as_ref().and_then(|request| Type::read(request, diagnostics));
        let (Some(request), Some(described)) = (request, described) else {
            diagnostics.warn("EVO0004", node.pointer(), "this operation has no request", "it is left out");
            return None;
        };
        let name_at = |node: &Node<'_>, key, diagnostics: &mut Diagnostics| {
            node.object(key, diagnostics).and_then(|name| TypeName::read(&name, diagnostics))
        };
        let name_of = |key, diagnostics: &mut Diagnostics| name_at(node, key, diagnostics);
        // Before v5.9, markers had other names and were part of the request.
        let is_marked =
            |key, diagnostics: &mut Diagnostics| node.flag(key, diagnostics) || described.flag(key, diagnostics);
        Some(Self {
            pointer: node.pointer().to_owned(),
            request,
            response: node.object("response", diagnostics).and_then(|response| Type::read(&response, diagnostics)),
            actions: node.texts("actions", diagnostics),
            returns_void: node.flag("returnsVoid", diagnostics) || is_marked("returnVoidMarker", diagnostics),
            method: node.text("method", diagnostics),
            return_type: name_of("returnType", diagnostics)
                .or_else(|| name_of("returnMarkerTypeName", diagnostics))
                .or_else(|| name_at(&described, "returnMarkerTypeName", diagnostics)),
            routes: node
                .objects("routes", diagnostics)
                .iter()
                .filter_map(|route| {
                    Some(Route {
                        pointer: route.pointer().to_owned(),
                        path: route.text("path", diagnostics)?,
                        verbs: route.text("verbs", diagnostics),
                        summary: route.text("summary", diagnostics),
                        notes: route.text("notes", diagnostics),
                    })
                })
                .collect(),
            data_model: name_of("dataModel", diagnostics),
            view_model: name_of("viewModel", diagnostics),
            requires_auth: node.flag("requiresAuth", diagnostics) || is_marked("requiresAuthentication", diagnostics),
            requires_api_key: node.flag("requiresApiKey", diagnostics),
            required_roles: node.texts("requiredRoles", diagnostics),
            requires_any_role: node.texts("requiresAnyRole", diagnostics),
            required_permissions: node.texts("requiredPermissions", diagnostics),
            requires_any_permission: node.texts("requiresAnyPermission", diagnostics),
            tags: node.texts("tags", diagnostics),
        })
    }
}
