function e(e,t){return[`from exchange import Exchange`,`ex = Exchange.connect("${e}", api_key="${t}")`,`print(ex.available)`].join(`
`)}function t(e,t){return[`import pandas`,`trades = pandas.read_csv(`,`    "${e}/api/rooms/${t}/trades.csv?market=1",`,`    storage_options={"Authorization": "Bearer " + api_key},`,`    parse_dates=["time"],`,`)`].join(`
`)}export{e as n,t};