"""Makes exchange.json, the Grafana dashboard: python3 deploy/grafana/make_dashboard.py"""

import json
import pathlib

RATE = "[$__rate_interval]"


def quantiles(metric):
    by_le = f"sum by (le) (rate({metric}_bucket{RATE}))"
    return [(f"histogram_quantile({q}, {by_le})", f"{q:.0%}") for q in (0.5, 0.9, 0.99)]


PANELS = [
    ("Ready", "none", [("exchange_ready", "{{instance}}")]),
    ("Connections", "none", [("exchange_connections", "{{instance}}")]),
    (
        "Commands a second",
        "cps",
        [(f"rate(exchange_commands_total{RATE})", "commands"), (f"rate(exchange_commits_total{RATE})", "commits")],
    ),
    ("Order to answer", "s", quantiles("exchange_order_answer_seconds")),
    ("Commit", "s", quantiles("exchange_commit_duration_seconds")),
    ("Commands in a commit", "none", quantiles("exchange_batch_commands")),
    ("Fan-out lag", "s", quantiles("exchange_fan_out_lag_seconds")),
    ("Refusals a second, by code", "cps", [(f"sum by (code) (rate(exchange_refusals_total{RATE})) > 0", "{{code}}")]),
    ("Resyncs a second, by reason", "cps", [(f"sum by (reason) (rate(exchange_resyncs_total{RATE}))", "{{reason}}")]),
    (
        "Waiting and refused for want of room",
        "none",
        [("exchange_inbox_commands", "waiting"), (f"increase(exchange_overloaded_total{RATE})", "refused")],
    ),
    ("Log of the database", "bytes", [("exchange_log_bytes", "{{instance}}")]),
    ("Time since the log was moved", "s", [("exchange_checkpoint_age_seconds", "{{instance}}")]),
    ("Garbage collection: share of time", "percentunit", [(f"rate(dotnet_gc_pause_seconds_total{RATE})", "paused")]),
    ("Garbage collection: last pause", "s", [("dotnet_gc_last_pause_seconds", "{{instance}}")]),
    ("Memory", "bytes", [("process_resident_memory_bytes", "{{instance}}")]),
    ("Processor", "percentunit", [(f"rate(process_cpu_seconds_total{RATE})", "{{instance}}")]),
]


def panel(number, title, unit, queries):
    return {
        "id": number + 1,
        "type": "timeseries",
        "title": title,
        "datasource": {"type": "prometheus", "uid": "${datasource}"},
        "gridPos": {"h": 8, "w": 8, "x": number % 3 * 8, "y": number // 3 * 8},
        "fieldConfig": {"defaults": {"unit": unit, "min": 0}, "overrides": []},
        "targets": [
            {"refId": chr(ord("A") + i), "expr": expr, "legendFormat": legend}
            for i, (expr, legend) in enumerate(queries)
        ],
    }


DASHBOARD = {
    "title": "Exchange",
    "uid": "exchange",
    "schemaVersion": 39,
    "time": {"from": "now-1h", "to": "now"},
    "refresh": "10s",
    "templating": {
        "list": [{"name": "datasource", "type": "datasource", "query": "prometheus", "label": "Prometheus"}]
    },
    "panels": [panel(i, *p) for i, p in enumerate(PANELS)],
}

pathlib.Path(__file__).with_name("exchange.json").write_text(json.dumps(DASHBOARD, indent=2) + "\n")
