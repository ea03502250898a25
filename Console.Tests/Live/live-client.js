// Follows one region with the client that outsiders use, and prints what it sees.
const [url, token, library] = process.argv.slice(2);
const { HubConnectionBuilder, HttpTransportType, LogLevel } = require(library);

const hub = new HubConnectionBuilder()
  .withUrl(`${url}/hubs/live`, { accessTokenFactory: () => token, headers: { Authorization: `Bearer ${token}` }, transport: HttpTransportType.WebSockets })
  .configureLogging(LogLevel.None)
  .build();

hub.on("Snapshot", snapshot => console.log(`snapshot ${snapshot.items.length}`));
hub.on("Delta", async delta => {
  const [first] = delta.changed;
  console.log(`delta ${first.key} ${first.value.state}`);
  await hub.stop();
});

hub.start()
  .then(() => hub.invoke("Subscribe", "hosts/eu-west-1", null))
  .catch(error => { console.error(String(error)); process.exit(1); });
