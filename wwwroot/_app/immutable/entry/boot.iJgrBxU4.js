{
__sveltekit_1x7ipbt = {
base: new URL("../../..", document.currentScript.src).pathname.slice(0, -1)
};

const element = document.currentScript.parentElement;

Promise.all([
import("./start.CSYjYnw8.js"),
import("./app.BoK_IQ4-.js")
]).then(([kit, app]) => {
kit.start(app, element);
document.getElementById("not-started")?.remove();
});
}
