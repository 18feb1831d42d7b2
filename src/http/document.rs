//! Completes the API's description with what holds for every operation: how one signs in, that every error is a problem
//! document, that 201 names an address, and operation names that are unique. Limit: what an operation takes and gives
//! comes from the code beside its handler.

use serde_json::{Value, json};
use utoipa::openapi::OpenApi;

const PROBLEM: &str = "application/problem+json";

/// The document as it is served.
pub fn complete(document: &OpenApi) -> Value {
    // Nothing in it can fail to be written; an empty document is what clients would notice.
    let mut document = serde_json::to_value(document).unwrap_or_default();
    let schemes = json!({
        "token": { "type": "http", "scheme": "bearer", "description": "An API token, tact_pat_…" },
        "session": { "type": "apiKey", "in": "cookie", "name": "tact", "description": "A page's session; `__Host-tact` over https. What changes something needs X-CSRF-Token." },
    });
    if let Some(components) = document.get_mut("components").and_then(Value::as_object_mut) {
        components.insert("securitySchemes".to_owned(), schemes);
    }
    if let Some(root) = document.as_object_mut() {
        root.insert("security".to_owned(), json!([{ "token": [] }, { "session": [] }, {}]));
    }
    let paths =
        document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flat_map(|paths| paths.values_mut());
    let operations = paths.filter_map(Value::as_object_mut).flat_map(|verbs| verbs.values_mut());
    operations.filter_map(Value::as_object_mut).for_each(operation);
    document
}

fn operation(operation: &mut serde_json::Map<String, Value>) {
    let tag = operation.get("tags").and_then(|tags| tags.get(0)).and_then(Value::as_str).unwrap_or_default();
    let name = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
    let name = format!("{tag}_{name}");
    operation.insert("operationId".to_owned(), Value::String(name));
    let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else { return };
    let problem = json!({ "$ref": "#/components/schemas/Problem" });
    for (status, response) in responses.iter_mut() {
        let own = response.pointer("/content/application~1json/schema").cloned();
        if let Some(response) = response.as_object_mut() {
            if status.starts_with(['4', '5']) {
                let schema = own.map_or_else(|| problem.clone(), |own| json!({ "anyOf": [own, problem] }));
                response.insert("content".to_owned(), json!({ PROBLEM: { "schema": schema } }));
            } else if status == "201" {
                let schema = json!({ "type": "string", "format": "uri-reference" });
                let location = json!({ "description": "Where it is.", "required": true, "schema": schema });
                response.insert("headers".to_owned(), json!({ "Location": location }));
            }
            response.entry("description").or_insert_with(|| Value::String(String::new()));
        }
    }
    let other = json!({ "description": "An error; see docs/api.md.", "content": { PROBLEM: { "schema": problem } } });
    responses.insert("default".to_owned(), other);
}
