{
__sveltekit_1vzi1g = {
base: ""
};

const element = document.currentScript.parentElement;

Promise.all([
import("/_app/immutable/entry/start.CmadalPg.js"),
import("/_app/immutable/entry/app.Bs7IpP-X.js")
]).then(([kit, app]) => {
kit.start(app, element);
});
}
