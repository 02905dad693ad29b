//! One page of a browser, and what a reader does with it.

use std::path::Path;
use std::time::Instant;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::complaints::{Complaints, exception};
use crate::devtools::Client;
use crate::{LONG, Result};

/// A page in a browsing context of its own, which is forgotten with it.
pub struct Page<'b> {
    client: &'b mut Client,
    session: String,
    context: String,
    complaints: Complaints,
    has_scripts: bool,
}

/// A key, as the protocol names it.
pub struct Key(pub &'static str, pub &'static str, pub u32, pub &'static str);

pub const TAB: Key = Key("Tab", "Tab", 9, "");
pub const ENTER: Key = Key("Enter", "Enter", 13, "\r");
pub const ESCAPE: Key = Key("Escape", "Escape", 27, "");
pub const DOWN: Key = Key("ArrowDown", "ArrowDown", 40, "");
pub const UP: Key = Key("ArrowUp", "ArrowUp", 38, "");
pub const SLASH: Key = Key("/", "Slash", 191, "/");
pub const QUESTION: Key = Key("?", "Slash", 191, "?");
pub const P: Key = Key("p", "KeyP", 80, "p");

impl<'b> Page<'b> {
    pub fn open(client: &'b mut Client) -> Result<Self> {
        let context = client.call("", "Target.createBrowserContext", json!({}))?;
        let context = context["browserContextId"].as_str().ok_or("no context")?.to_owned();
        let target = json!({ "url": "about:blank", "browserContextId": context });
        let target = client.call("", "Target.createTarget", target)?;
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let session = client.call("", "Target.attachToTarget", attach)?;
        let session = session["sessionId"].as_str().ok_or("no session")?.to_owned();
        let mut page = Page { client, session, context, complaints: Complaints::default(), has_scripts: true };
        for domain in ["Page", "Runtime", "Log", "Network", "Audits"] {
            page.call(&format!("{domain}.enable"), json!({}))?;
        }
        page.call("Page.setLifecycleEventsEnabled", json!({ "enabled": true }))?;
        page.call("Emulation.setFocusEmulationEnabled", json!({ "enabled": true }))?;
        page.size(1280, 900)?;
        page.media("screen", "light")?;
        Ok(page)
    }

    pub fn call(&mut self, method: &str, params: Value) -> Result<Value> {
        self.client.call(&self.session, method, params)
    }

    /// The window that the page has just opened, and the page's own: the names by which
    /// to [turn to](Self::turn_to) them. Everything is asked of the new one from now on.
    pub fn opened(&mut self) -> Result<(String, String)> {
        let begun = Instant::now();
        while begun.elapsed() < LONG {
            let targets = self.client.call("", "Target.getTargets", json!({}))?;
            let is_new = |target: &&Value| {
                target["browserContextId"] == self.context.as_str()
                    && target["attached"] == false
                    && target["type"] == "page"
            };
            let Some(target) = targets["targetInfos"].as_array().and_then(|all| all.iter().find(is_new)) else {
                continue;
            };
            let attach = json!({ "targetId": target["targetId"], "flatten": true });
            let session = self.client.call("", "Target.attachToTarget", attach)?;
            let session = session["sessionId"].as_str().ok_or("no session")?.to_owned();
            let own = std::mem::replace(&mut self.session, session.clone());
            for domain in ["Page", "Runtime"] {
                self.call(&format!("{domain}.enable"), json!({}))?;
            }
            self.call("Emulation.setFocusEmulationEnabled", json!({ "enabled": true }))?;
            return Ok((own, session));
        }
        Err("no window was opened".into())
    }

    /// Asks everything of another window of the page from now on.
    pub fn turn_to(&mut self, window: &str) {
        window.clone_into(&mut self.session);
    }

    /// From now on a request to anywhere else is a complaint.
    pub fn stay_within(&mut self, starts: &[&str]) {
        self.complaints.within = starts.iter().map(|start| (*start).to_owned()).collect();
    }

    /// What the browser complained of since it was last asked.
    pub fn complaints(&mut self) -> Vec<String> {
        self.complaints.take()
    }

    /// The status of the document that was loaded last.
    pub fn status(&self) -> u64 {
        self.complaints.status
    }

    /// Goes to an address and waits until the page is there and quiet, or the page to
    /// which it leads on by itself.
    pub fn go(&mut self, address: &str) -> Result {
        self.hear();
        let answer = self.call("Page.navigate", json!({ "url": address }))?;
        if let Some(error) = answer["errorText"].as_str() {
            return Err(format!("{address}: {error}").into());
        }
        self.complaints.begin(answer["loaderId"].as_str().ok_or("no new document")?);
        self.loaded().map_err(|error| format!("{address}: {error}").into())
    }

    pub fn reload(&mut self) -> Result {
        self.hear();
        self.complaints.begin("");
        self.call("Page.reload", json!({}))?;
        self.loaded()
    }

    /// Waits for the end of loading and of all requests, and lets scripts that were
    /// waiting for it run. A page that leads on meanwhile is waited for as well.
    fn loaded(&mut self) -> Result {
        let begun = Instant::now();
        let settle = if self.has_scripts { "new Promise(done => setTimeout(done))" } else { "0" };
        while begun.elapsed() < LONG {
            if let Some(event) = self.client.event()?
                && event.session == self.session
            {
                self.complaints.hear(&event);
            }
            if self.complaints.is_quiet() {
                let has_settled = self.ask::<Value>(settle).is_ok();
                self.hear();
                if has_settled && self.complaints.is_quiet() {
                    return Ok(());
                }
            }
        }
        Err(format!("never done, {:?} are open", self.complaints.open).into())
    }

    fn hear(&mut self) {
        for event in self.client.came() {
            if event.session == self.session {
                self.complaints.hear(&event);
            }
        }
    }

    /// The value of an expression in the page.
    pub fn ask<T: DeserializeOwned>(&mut self, expression: &str) -> Result<T> {
        let params = json!({
            "expression": expression,
            "awaitPromise": self.has_scripts,
            "returnByValue": true,
            "userGesture": true,
        });
        let mut answer = self.call("Runtime.evaluate", params)?;
        if !answer["exceptionDetails"].is_null() {
            return Err(format!("{expression}: {}", exception(&answer["exceptionDetails"])).into());
        }
        Ok(serde_json::from_value(answer["result"]["value"].take())?)
    }

    /// The text of an element.
    pub fn text(&mut self, selector: &str) -> Result<String> {
        self.ask(&format!("document.querySelector({}).textContent.trim()", quoted(selector)))
    }

    pub fn expect(&mut self, expression: &str, what: &str) -> Result {
        if self.ask(expression)? { Ok(()) } else { Err(format!("not so: {what} ({expression})").into()) }
    }

    /// Waits until an expression is true. It may fail on the way, as the page may be
    /// changing under it.
    pub fn wait_for(&mut self, expression: &str, what: &str) -> Result {
        let begun = Instant::now();
        while begun.elapsed() < LONG {
            if self.ask(expression).unwrap_or(false) {
                self.hear();
                return Ok(());
            }
            self.client.event()?.iter().for_each(|event| self.complaints.hear(event));
        }
        Err(format!("waited in vain: {what} ({expression})").into())
    }

    /// Clicks in the middle of an element, as a mouse does.
    pub fn click(&mut self, selector: &str) -> Result {
        let place = format!(
            "(function (e) {{ if (!e) return null; e.scrollIntoView({{ block: 'center', behavior: 'instant' }});
               var r = e.getClientRects()[0]; return r && [r.x + r.width / 2, r.y + r.height / 2]; }})
             (document.querySelector({}))",
            quoted(selector)
        );
        let (x, y) = self.ask::<Option<(f64, f64)>>(&place)?.ok_or_else(|| format!("{selector} is not there"))?;
        for kind in ["mousePressed", "mouseReleased"] {
            let mouse = json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", mouse)?;
        }
        Ok(())
    }

    /// Clicks on a link and waits for the page behind it.
    pub fn follow(&mut self, selector: &str) -> Result<String> {
        let there: String = self.ask(&format!("document.querySelector({}).href", quoted(selector)))?;
        self.click(selector)?;
        let there = quoted(&there);
        self.wait_for(&format!("location.href === {there} && document.readyState === 'complete'"), selector)?;
        self.ask("location.pathname")
    }

    /// Types a text where the focus is.
    pub fn write(&mut self, text: &str) -> Result {
        self.call("Input.insertText", json!({ "text": text })).map(drop)
    }

    /// What the page saves goes into a folder, without a question.
    pub fn save_into(&mut self, folder: &Path) -> Result {
        let params = json!({
            "behavior": "allow",
            "browserContextId": self.context,
            "downloadPath": folder.to_str().ok_or("not UTF-8")?,
        });
        self.client.call("", "Browser.setDownloadBehavior", params).map(drop)
    }

    pub fn press(&mut self, key: &Key) -> Result {
        let Key(name, code, number, text) = *key;
        let shift = if name == "?" { 8 } else { 0 };
        let mut params = json!({ "key": name, "code": code, "windowsVirtualKeyCode": number, "modifiers": shift });
        params["type"] = if text.is_empty() { "rawKeyDown" } else { "keyDown" }.into();
        params["text"] = text.into();
        self.call("Input.dispatchKeyEvent", params.clone())?;
        params["type"] = "keyUp".into();
        self.call("Input.dispatchKeyEvent", params)?;
        Ok(())
    }

    /// The size of the window in pixels. The page has heard of it and answered: a browser
    /// tells it before the next frame, some time after the window has the size.
    pub fn size(&mut self, width: u32, height: u32) -> Result {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", metrics)?;
        if self.has_scripts {
            // A window behind others has no frames: nothing is waited for there for long.
            self.ask::<()>(
                "new Promise(done => { requestAnimationFrame(() => setTimeout(done)); setTimeout(done, 1000); })",
            )?;
        }
        Ok(())
    }

    /// `screen` or `print`, in what the system calls `light` or `dark`. Nothing glides,
    /// so that what is clicked on stays where it was found.
    pub fn media(&mut self, media: &str, scheme: &str) -> Result {
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.call("Emulation.setEmulatedMedia", json!({ "media": media, "features": features })).map(drop)
    }

    /// Scripts of the page itself do not run from now on.
    pub fn without_scripts(&mut self) -> Result {
        self.has_scripts = false;
        self.call("Emulation.setScriptExecutionDisabled", json!({ "value": true })).map(drop)
    }
}

impl Drop for Page<'_> {
    fn drop(&mut self) {
        let _ = self.client.call("", "Target.disposeBrowserContext", json!({ "browserContextId": self.context }));
    }
}

/// A text as a script writes it.
pub fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
