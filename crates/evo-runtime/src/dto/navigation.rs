//! Navigation: <https://docs.servicestack.net/navigation>.

use std::collections::BTreeMap;

use super::ResponseStatus;
use crate::{record, setters};

/// Asks for the navigation of the site.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct GetNavItems {
    /// Of this menu only.
    pub name: Option<String>,
}

record!(GetNavItems { name: "Name" });
setters!(GetNavItems() { name: String });

/// The navigation of the site.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct GetNavItemsResponse {
    /// What the links are relative to.
    pub base_url: Option<String>,
    /// The main menu.
    pub results: Vec<NavItem>,
    /// Further menus by their names.
    pub nav_items_map: BTreeMap<String, Vec<NavItem>>,
    /// More, by names of the service's own.
    pub meta: BTreeMap<String, String>,
    /// Set where something went wrong.
    pub response_status: Option<ResponseStatus>,
}

record!(GetNavItemsResponse {
    base_url: "BaseUrl",
    results: "Results",
    nav_items_map: "NavItemsMap",
    meta: "Meta",
    response_status: "ResponseStatus"
});

/// An entry of a menu.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct NavItem {
    /// What it is called.
    pub label: Option<String>,
    /// Where it leads.
    pub href: Option<String>,
    /// Whether it is active on exactly this path only.
    pub exact: Option<bool>,
    /// The id of its element.
    pub id: Option<String>,
    /// The class of its element.
    pub class_name: Option<String>,
    /// The class of its icon.
    pub icon_class: Option<String>,
    /// The address of its icon.
    pub icon_src: Option<String>,
    /// The attribute of users who see it.
    pub show: Option<String>,
    /// The attribute of users who do not see it.
    pub hide: Option<String>,
    /// The entries below it.
    pub children: Vec<NavItem>,
    /// More, by names of the service's own.
    pub meta: BTreeMap<String, String>,
}

record!(NavItem {
    label: "Label",
    href: "Href",
    exact: "Exact",
    id: "Id",
    class_name: "ClassName",
    icon_class: "IconClass",
    icon_src: "IconSrc",
    show: "Show",
    hide: "Hide",
    children: "Children",
    meta: "Meta"
});
