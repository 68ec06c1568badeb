// Draws the chart of a machine's page: the mean as a line, least and most as a band, alerts as upright lines, nothing where nothing was heard.
// Whoever cannot see it has the table below it. Times are those of China, wherever the browser is.
"use strict";

const place = document.getElementById("drawing");
const chinaMillis = 8 * 3600 * 1000;
const settleMillis = 350; // after the last movement of the zoom, finer points are fetched
const colours = { EMERGENCY: "--red", CRITICAL: "--orange", WARNING: "--yellow", NOTICE: "--blue" };

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function local(text) {
  return Date.parse(text) + chinaMillis;
}

function clock(millis) {
  return new Date(millis).toISOString().replace("T", " ").slice(0, 16);
}

function said(value) {
  return String(Number(value.toPrecision(5)));
}

async function fetched(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) {
    throw new Error("readings: HTTP " + answer.status);
  }
  return answer.json();
}

/* ---- What the drawing is made of. ---- */

function columns(series) {
  const factor = series.kind === "share" ? 100 : 1;
  const mean = [];
  const least = [];
  const over = [];
  let last = null;
  for (const point of series.points) {
    if (!point) {
      // A gap stands just behind the last point.
      for (const column of [mean, least, over]) {
        column.push([last + 1, null]);
      }
      continue;
    }
    last = local(point.at);
    mean.push({ value: [last, point.mean * factor], of: point });
    least.push([last, point.min * factor]);
    over.push([last, (point.max - point.min) * factor]);
  }
  return { mean, least, over };
}

function marks(series) {
  const zh = document.documentElement.lang.startsWith("zh");
  return series.alerts.map((alert) => ({
    xAxis: Math.max(local(alert.from), local(series.from)),
    name: (zh ? alert.title_zh : alert.title) ?? "",
    lineStyle: { color: colour(colours[alert.severity] ?? "--edge") },
  }));
}

function tip(points) {
  const point = points.find((one) => one.data && one.data.of)?.data;
  if (!point) {
    return "";
  }
  const factor = place.dataset.unit === "%" ? 100 : 1;
  const lines = [clock(point.value[0]), place.dataset.mean + " " + said(point.value[1]) + " " + place.dataset.unit];
  if (point.of.n > 1 && point.of.max !== point.of.min) {
    lines.push(place.dataset.least + " " + said(point.of.min * factor) + "  " + place.dataset.most + " " + said(point.of.max * factor));
  }
  lines.push(place.dataset.count + " " + point.of.n);
  return lines.join("\n");
}

function lines(series) {
  const drawn = columns(series);
  const joined = series.joined;
  const band = { type: "line", stack: "band", stackStrategy: "all", symbol: "none", silent: true, lineStyle: { width: 0 } };
  const main = {
    id: "mean",
    type: joined ? "line" : "scatter",
    data: drawn.mean,
    symbol: "circle",
    symbolSize: joined ? 3 : 6,
    showSymbol: drawn.mean.length < 150,
    connectNulls: false,
    z: 3,
    lineStyle: { width: 1.6, color: colour("--link") },
    itemStyle: { color: colour("--link") },
    markLine: {
      symbol: ["none", "none"],
      silent: false,
      animation: false,
      lineStyle: { type: "solid", width: 1.5 },
      label: { show: false },
      emphasis: { label: { show: true, formatter: "{b}", color: colour("--text"), position: "insideEndTop" } },
      data: marks(series),
    },
  };
  return joined
    ? [
        { ...band, id: "least", data: drawn.least },
        { ...band, id: "over", data: drawn.over, areaStyle: { color: colour("--link"), opacity: 0.18 } },
        main,
      ]
    : [{ ...band, id: "least", data: [] }, { ...band, id: "over", data: [] }, main];
}

function option(series) {
  const axis = { axisLine: { lineStyle: { color: colour("--edge") } }, splitLine: { lineStyle: { color: colour("--line") } } };
  const share = series.kind === "share";
  const size = parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.8;
  const label = { color: colour("--quiet"), fontSize: size, hideOverlap: true };
  return {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: size },
    grid: { left: 8, right: size, top: size * 2.6, bottom: size * 4.5, containLabel: true },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      confine: true,
      formatter: tip,
      backgroundColor: colour("--card"),
      borderColor: colour("--edge"),
      textStyle: { color: colour("--text"), fontSize: size },
    },
    xAxis: { ...axis, type: "time", min: local(series.from), max: local(series.to), splitNumber: Math.max(2, Math.floor(place.clientWidth / (size * 9))), axisLabel: label },
    yAxis: {
      ...axis,
      type: "value",
      name: place.dataset.label,
      nameTextStyle: { color: colour("--quiet"), fontSize: size, align: "left" },
      scale: !share,
      min: share ? 0 : null,
      max: share ? 100 : null,
      axisLabel: label,
    },
    dataZoom: [
      { type: "inside", filterMode: "none", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false },
      { type: "slider", filterMode: "none", height: size * 1.6, bottom: size, showDetail: false, borderColor: colour("--line") },
    ],
    series: lines(series),
  };
}

/* ---- Drawing, and finer points for a part of it. ---- */

function address(from, to) {
  const url = new URL(place.dataset.readings, location.href);
  url.searchParams.set("from", new Date(from - chinaMillis).toISOString());
  url.searchParams.set("to", new Date(to - chinaMillis).toISOString());
  return url;
}

async function draw() {
  const whole = await fetched(place.dataset.readings);
  const chart = echarts.init(place, null, { locale: document.documentElement.lang.startsWith("zh") ? "ZH" : "EN" });
  chart.setOption(option(whole));
  place.dataset.drawn = String(whole.points.length);
  new ResizeObserver(() => chart.resize()).observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => chart.setOption(option(whole)));

  let shown = whole;
  let timer = null;
  async function refine() {
    const zoom = chart.getOption().dataZoom[0];
    const part = (zoom.end - zoom.start) / 100;
    let wanted = whole;
    if (part < 0.5 && whole.bucket_seconds > 1) {
      wanted = await fetched(address(Math.floor(zoom.startValue), Math.ceil(zoom.endValue)));
    }
    if (wanted !== shown) {
      shown = wanted;
      chart.setOption({ series: lines(wanted) });
      place.dataset.drawn = String(wanted.points.length);
    }
  }
  chart.on("datazoom", () => {
    clearTimeout(timer);
    timer = setTimeout(() => refine().catch(() => {}), settleMillis);
  });
}

if (place) {
  draw().catch((problem) => {
    console.warn(problem);
    place.hidden = true;
    document.getElementById("drawing-problem").hidden = false;
  });
}
