//! Enums over the classes of a hierarchy, and the setting `sealed`.

use serde_json::{Value, json};

use crate::document::{class, derived, operation};
use crate::made::{call, definition, generate, try_generate};

fn document() -> Value {
    let vehicle = class("Vehicle", &["Name: String", "Wheels: Int32 value", "Clone: String"]);
    let car = derived("Car", "Vehicle", &["Doors: Int32 value"]);
    // A member with a different type hides that of the base class.
    let truck = derived("Truck", "Vehicle", &["Wheels: Int64 value"]);
    let mut shape = class("Shape", &["Area: Int32 value", "Tags: List<String>"]);
    shape["isAbstract"] = json!(true);
    let circle = derived("Circle", "Shape", &["Radius: Int32 value"]);
    let answer = class("Answer", &["Vehicle: Vehicle", "Shape: Shape"]);
    json!({
        "types": [vehicle, car, truck, shape, circle, answer],
        "operations": [operation("Find", "POST", &[], "Answer")],
    })
}

#[test]
fn an_enum_has_a_variant_per_class_and_methods_for_common_members() {
    let text = generate(&document(), "");
    assert_eq!(
        call(&text, "variant_classes!(pub AnyVehicle"),
        "variant_classes!(pub AnyVehicle { as_vehicle: Vehicle(Vehicle), as_car: Car(Car), as_truck: Truck(Truck) });"
    );
    assert_eq!(
        call(&text, "variant_members!(pub AnyVehicle"),
        "variant_members!(pub AnyVehicle(Vehicle, Car, Truck) else Other { name?: String, get_clone as clone?: String });"
    );
    assert_eq!(call(&text, "variant_classes!(pub Shape"), "variant_classes!(pub Shape { as_circle: Circle(Circle) });");
    assert_eq!(
        call(&text, "variant_members!(pub Shape"),
        "variant_members!(pub Shape(Circle) else Other { area = i32, tags: Vec<String> });"
    );
}

/// A value of a class that derives from a received one is received too.
#[test]
fn members_of_derived_classes_are_enums_like_those_of_the_base() {
    let node = class("Node", &["Children: List<Node>", "Parent: Node"]);
    let other = class("Other", &["Id: Int32 value"]);
    let leaf = derived("Leaf", "Node", &["Other: Other"]);
    let document = json!({
        "types": [node, leaf, other, derived("More", "Other", &["Note: String"])],
        "operations": [operation("Find", "POST", &["Start: Node"], "Node")],
    });
    let text = generate(&document, "");
    let members = |name: &str| definition(&text, name).lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    let inherited = ["    pub children: Option<Vec<AnyNode>>,", "    pub parent: Option<AnyNode>,"];
    assert_eq!(members("pub struct Node")[1..3], inherited);
    assert_eq!(members("pub struct Leaf")[1..3], ["    pub other: Option<AnyOther>,", inherited[0]]);
    // Values that are only sent have no `__type`.
    assert!(definition(&text, "pub struct Find").contains("    pub start: Option<Node>,"), "{text}");
    assert_eq!(
        call(&text, "variant_members!(pub AnyNode"),
        "variant_members!(pub AnyNode(Node, Leaf) else Other { children?: Vec<AnyNode>, parent?: AnyNode });"
    );
}

#[test]
fn members_of_a_sealed_class_are_structs() {
    let text = generate(&document(), "sealed = ['Shop.Vehicle', 'Shop.Shape']");
    assert_eq!(
        definition(&text, "pub struct Answer").lines().skip(2).collect::<Vec<_>>(),
        ["pub struct Answer {", "    pub vehicle: Option<Vehicle>,", "    pub shape: Option<Shape>,", "}"]
    );
    assert!(definition(&text, "pub struct Shape").contains("    pub area: i32,\n"));
    assert!(!text.contains("AnyVehicle") && !text.contains("variants!"), "{text}");

    assert_eq!(
        try_generate(&document(), "sealed = ['Shop.Car']").unwrap_err(),
        "`Shop.Car` of `sealed` changes nothing; name a class that others derive from, and whose values the service returns"
    );
}
