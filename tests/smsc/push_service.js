// npm's web-push-testing as a browser and its push service, on the port of the first argument.
const PushApiModel = require("web-push-testing/src/PushApiModel");
const Server = require("web-push-testing/src/server");

const Model = PushApiModel.PushApiModel ?? PushApiModel;
new Server(new Model(), Number(process.argv[2])).startServer();
process.stdin.on("end", () => process.exit(0)).resume();
