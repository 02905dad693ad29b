//! The browser's search engine, as the site carries it, in an embedded JavaScript
//! engine, over the files of an index.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use jiangtai::theme::Theme;
use rquickjs::{CatchResultExt, Context, Ctx, Function, Object, Runtime};
use serde_json::Value;

/// What of the files is to be had.
#[derive(Default)]
pub struct Shelf {
    /// The files of an index by name, such as `d/0`, as they are written.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The files that were asked for, in their order, with their sizes; cleared by those who look.
    pub asked: Vec<(String, usize)>,
}

/// A browser's engine over an index.
pub struct Scripts {
    runtime: Runtime,
    context: Context,
    pub shelf: Rc<RefCell<Shelf>>,
}

/// The script that the site carries under a name.
pub fn bundle<'t>(theme: &'t Theme, name: &str) -> &'t str {
    let path = &theme.assets.scripts[name];
    let asset = theme.assets.files.iter().find(|asset| asset.path == *path).expect("the theme carries its scripts");
    std::str::from_utf8(&asset.bytes).expect("a script is UTF-8")
}

/// The files of the index among those of a site.
pub fn index_files(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let name = |path: &str| path.strip_prefix("search/")?.strip_suffix(".js").map(str::to_owned);
    files.iter().filter_map(|(path, bytes)| Some((name(path)?, bytes.clone()))).collect()
}

/// What the page's scripts say to each other here: files come as the scripts that they
/// are, promises are waited for, answers go over as JSON.
const DESK: &str = r#"
var engine = jiangtaiSearch.open(function (name, done) {
  var script = host(name), bytes = null;
  globalThis.jt = function (told, payload) { bytes = told === name ? jiangtaiSearch.unpack(payload) : null; };
  try { if (script !== null) (0, eval)(script); } catch (error) { bytes = null; }
  done(bytes);
});
var answer = null;
function call(name, given) {
  answer = null;
  Promise.resolve(engine[name].apply(null, JSON.parse(given))).then(
    function (value) { answer = JSON.stringify({ value: value }); },
    function (error) { answer = JSON.stringify({ error: String(error) + (error && error.stack) }); });
}
"#;

/// A server that is asked before the engine, without the network between.
const SERVICE: &str = r#"
engine = jiangtaiSearch.service(engine, function (pairs, done) {
  var told = server(JSON.stringify(pairs)), parsed = null;
  try { parsed = JSON.parse(told); } catch (error) { parsed = null; }
  done(parsed);
});
"#;

/// What the page shows of an answer.
const SHOWN: &str = r#"
function shown(words, filters, from, to) {
  answer = null;
  var seen = null;
  engine.ask(words, filters).then(function (told) {
    seen = told;
    var hits = told.hits.slice(from, to), documents = hits.map(function (hit) { return hit.document; });
    return Promise.all([engine.facts(documents), Promise.all(documents.map(function (document) { return engine.excerpt(document, told.query); }))])
      .then(function (both) {
        return hits.map(function (hit, at) {
          var facts = both[0][at], excerpt = both[1][at];
          if (!facts) return null;
          return {
            url: facts.url, title: facts.title, kind: facts.kind, unit: facts.unit || "", year: facts.year, instructors: facts.instructors,
            honours: facts.honours, tier: hit.tier, text: excerpt.text || facts.summary, marks: excerpt.text ? excerpt.marks : [],
            anchor: excerpt.anchor, place: excerpt.place
          };
        });
      });
  }).then(function (rows) {
    answer = JSON.stringify({ value: {
      query: seen.query, total: seen.total, exact: seen.exact, listed: seen.hits.length, facets: seen.facets,
      missing: seen.missing, fallen: Boolean(seen.fallen), rows: rows
    } });
  }).catch(function (error) { answer = JSON.stringify({ error: String(error) + error.stack }); });
}
"#;

impl Scripts {
    /// The engine of a theme over the files of an index.
    pub fn new(theme: &Theme, files: BTreeMap<String, Vec<u8>>) -> Self {
        let shelf = Rc::new(RefCell::new(Shelf { files, asked: Vec::new() }));
        let runtime = Runtime::new().expect("a JavaScript engine");
        let context = Context::full(&runtime).expect("a place for scripts");
        let host = Rc::clone(&shelf);
        context.with(|ctx| {
            let read = Function::new(ctx.clone(), move |name: String| host.borrow_mut().read(&name));
            ctx.globals().set("host", read.expect("a function")).expect("a global");
            eval(&ctx, bundle(theme, "search"));
            eval(&ctx, DESK);
            eval(&ctx, SHOWN);
        });
        Scripts { runtime, context, shelf }
    }

    /// Puts a server before the engine: `answer` takes the names and values of a request,
    /// as JSON, and gives the body of an answer, or nothing.
    pub fn ask_first(&self, theme: &Theme, answer: impl Fn(&str) -> Option<String> + 'static) {
        self.context.with(|ctx| {
            let server = Function::new(ctx.clone(), move |pairs: String| answer(&pairs));
            ctx.globals().set("server", server.expect("a function")).expect("a global");
            eval(&ctx, bundle(theme, "service"));
            eval(&ctx, SERVICE);
        });
    }

    /// Calls one of the engine's functions and waits for its answer.
    pub fn call(&self, name: &str, given: &Value) -> Value {
        self.try_call(name, given).unwrap_or_else(|error| panic!("{name} {given}: {error}"))
    }

    /// What the page shows of an answer, from a result to another.
    pub fn shown(&self, words: &str, filters: &Value, from: usize, to: usize) -> Value {
        let ask = format!("shown({}, {filters}, {from}, {to})", Value::from(words));
        self.context.with(|ctx| eval(&ctx, &ask));
        self.answer().unwrap_or_else(|error| panic!("{words}: {error}"))
    }

    /// The same, where the promise may be broken.
    pub fn try_call(&self, name: &str, given: &Value) -> Result<Value, String> {
        self.context.with(|ctx| {
            let call: Function = ctx.globals().get("call").expect("it is there");
            call.call::<_, ()>((name, given.to_string())).catch(&ctx).map_err(|error| error.to_string())
        })?;
        self.answer()
    }

    /// Waits for what a promise gives.
    fn answer(&self) -> Result<Value, String> {
        while self.runtime.execute_pending_job().map_err(|_| "a job threw".to_owned())? {}
        let told: Option<String> = self.context.with(|ctx| ctx.globals().get("answer").expect("it is there"));
        let told: Value = serde_json::from_str(&told.ok_or("no answer ever came")?).expect("an answer is JSON");
        match told.get("error") {
            Some(error) => Err(error.to_string()),
            None => Ok(told.get("value").cloned().unwrap_or_default()),
        }
    }

    /// What an expression gives, as JSON; `search` is the namespace of the scripts.
    pub fn value(&self, expression: &str, given: &Value) -> Value {
        self.context.with(|ctx| {
            let search: Object = ctx.globals().get("jiangtaiSearch").expect("it is there");
            ctx.globals().set("search", search).expect("a global");
            let script = format!("JSON.stringify((function (given) {{ return {expression}; }})({given}))");
            let told: String = ctx.eval(script).catch(&ctx).unwrap_or_else(|error| panic!("{expression}: {error}"));
            serde_json::from_str(&told).expect("it is JSON")
        })
    }

    /// The files that were asked for since the last time.
    pub fn asked(&self) -> Vec<(String, usize)> {
        std::mem::take(&mut self.shelf.borrow_mut().asked)
    }
}

impl Shelf {
    /// A file as a browser reads it: its byte-order mark tells that it is UTF-16.
    fn read(&mut self, name: &str) -> Option<String> {
        let bytes = self.files.get(name);
        self.asked.push((name.to_owned(), bytes.map_or(0, Vec::len)));
        let units: Vec<u16> = bytes?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        Some(String::from_utf16_lossy(units.strip_prefix(&[0xfeff]).unwrap_or(&units)))
    }
}

fn eval(ctx: &Ctx<'_>, script: &str) {
    ctx.eval::<(), _>(script).catch(ctx).unwrap_or_else(|error| panic!("{error}"));
}
