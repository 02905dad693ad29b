/*
 * Keeps a page of the preview up to date and shows what is to be mended.
 * Only the preview puts this script into a page; the published site has none of it.
 * Everything it shows lies in a shadow tree, so that neither its looks nor those of
 * the page touch each other.
 */
(function () {
  'use strict';

  const script = document.currentScript;
  const build = script ? script.dataset.build : '';
  const SEEN = 'jiangtai-preview-step';
  const OPEN = 'jiangtai-preview-open';
  // A browser allows six connections to one server: a page that nobody looks at
  // gives its stream back, or a seventh tab would not load.
  const REST = 10000;
  const LOST = 3000;

  let source = null;
  let restTimer = 0;
  let lostTimer = 0;
  let view = null;

  function remember(key, value) {
    try { sessionStorage.setItem(key, value); } catch (error) { /* storage may be off */ }
  }

  function recall(key) {
    try { return sessionStorage.getItem(key); } catch (error) { return null; }
  }

  /* The address of this page from the top of the site. */
  function here() {
    const path = decodeURIComponent(location.pathname).slice(1);
    return !path || path.endsWith('/') ? path + 'index.html' : path;
  }

  /*
   * Reloads the same page from the same build once only, whatever a cache gives back.
   * Behind the name of the build may stand the only pages that it is there for already.
   */
  function reloadFor(told) {
    const pages = told.split('\n');
    const newest = pages.shift();
    if (pages.length && !pages.includes(here())) { return; }
    const step = build + '>' + newest + ' ' + location.pathname;
    if (!newest || newest === build || recall(SEEN) === step) { return; }
    remember(SEEN, step);
    location.reload();
  }

  function element(name, className, text) {
    const node = document.createElement(name);
    if (className) { node.className = className; }
    if (text) { node.textContent = text; }
    return node;
  }

  function makeView() {
    const host = element('div');
    host.setAttribute('data-jiangtai-preview', '');
    const root = host.attachShadow({ mode: 'open' });
    const style = element('link');
    style.rel = 'stylesheet';
    style.href = '/__jiangtai/reload.css';
    const frame = element('div', 'frame');
    frame.hidden = true;
    style.addEventListener('load', function () { frame.hidden = false; });

    const failure = element('section', 'failure');
    failure.setAttribute('role', 'alert');
    failure.hidden = true;

    const list = element('section', 'list');
    list.id = 'list';
    list.setAttribute('aria-label', '要处理的问题');
    list.hidden = true;

    const badge = element('button', 'badge');
    badge.type = 'button';
    badge.setAttribute('aria-controls', 'list');
    badge.hidden = true;
    badge.addEventListener('click', function () { wish(list.hidden); });
    root.addEventListener('keydown', function (event) {
      if (event.key === 'Escape' && !list.hidden) { wish(false); badge.focus(); }
    });

    const lost = element('p', 'lost', '预览已断开，正在重新连接…');
    lost.setAttribute('role', 'status');
    lost.hidden = true;

    const corner = element('div', 'corner');
    corner.append(list, lost, badge);
    frame.append(failure, corner);
    root.append(style, frame);
    document.body.append(host);
    return { failure: failure, list: list, badge: badge, lost: lost };
  }

  function unfold(open) {
    view.list.hidden = !open;
    view.badge.setAttribute('aria-expanded', String(open));
  }

  /* What the reader chose holds over reloads, and over times without problems. */
  function wish(open) {
    unfold(open);
    remember(OPEN, open ? '1' : '');
  }

  function showFailure(text) {
    view.failure.hidden = !text;
    view.failure.textContent = '';
    if (!text) { return; }
    view.failure.append(
      element('h2', '', '这一次没有生成成功'),
      element('p', '', '下面仍是上一次生成的页面。改好并保存后，这里会自己消失。'),
      element('pre', '', text)
    );
  }

  function countWords(sheet) {
    const words = [];
    if (sheet.errors) { words.push('错误 ' + sheet.errors); }
    if (sheet.warnings) { words.push('提醒 ' + sheet.warnings); }
    return words.join(' · ');
  }

  const NAMES = { error: '错误', warning: '提醒', hint: '提示' };

  function problemItem(problem) {
    const item = element('li', problem.severity);
    const head = element('p', 'head');
    head.append(
      element('span', 'severity', NAMES[problem.severity] || problem.severity),
      element('span', 'code', problem.code),
      element('span', 'place', problem.place)
    );
    item.append(head, element('p', 'message', problem.message));
    if (problem.remedy) { item.append(element('p', 'remedy', '改法：' + problem.remedy)); }
    return item;
  }

  function showProblems(sheet) {
    const problems = sheet.problems || [];
    const words = countWords(sheet);
    view.badge.hidden = !words;
    view.badge.textContent = words;
    view.badge.classList.toggle('with-errors', sheet.errors > 0);
    view.list.textContent = '';
    const items = element('ol');
    problems.forEach(function (problem) { items.append(problemItem(problem)); });
    view.list.append(items);
    unfold(Boolean(words) && recall(OPEN) === '1');
  }

  function show(data) {
    let sheet;
    try { sheet = JSON.parse(data); } catch (error) { return; }
    if (!view) { view = makeView(); }
    showFailure(sheet.failure);
    showProblems(sheet);
  }

  function sayLost(isLost) {
    clearTimeout(lostTimer);
    lostTimer = 0;
    if (!view) { return; }
    if (!isLost) { view.lost.hidden = true; return; }
    lostTimer = setTimeout(function () { view.lost.hidden = false; }, LOST);
  }

  function disconnect() {
    clearTimeout(restTimer);
    if (source) { source.close(); source = null; }
    sayLost(false);
  }

  function connect() {
    clearTimeout(restTimer);
    if (source) { return; }
    const own = new EventSource('/__jiangtai/events');
    source = own;
    own.addEventListener('open', function () { sayLost(false); });
    own.addEventListener('build', function (event) { reloadFor(event.data); });
    own.addEventListener('reload', function (event) { reloadFor(event.data); });
    own.addEventListener('problems', function (event) { show(event.data); });
    own.addEventListener('error', function () {
      if (own !== source) { return; }
      if (!lostTimer) { sayLost(true); }
      // Some browsers give up for good when the server is away; then begin anew.
      if (own.readyState === EventSource.CLOSED) {
        source = null;
        restTimer = setTimeout(connect, 1000);
      }
    });
  }

  document.addEventListener('visibilitychange', function () {
    clearTimeout(restTimer);
    if (document.hidden) { restTimer = setTimeout(disconnect, REST); } else { connect(); }
  });
  window.addEventListener('pagehide', disconnect);
  window.addEventListener('pageshow', function (event) { if (event.persisted) { connect(); } });
  connect();
}());
