// Holds the same documents against schema/ by ajv: it has to agree on every one.
// usage: node check.mjs VERDICTS
import fs from "node:fs";
import readline from "node:readline";
import Ajv2020 from "ajv/dist/2020.js";

const ajv = new Ajv2020({strict: true, allowUnionTypes: true, strictRequired: false, strictTuples: false, strictTypes: false});
for (const file of fs.readdirSync("schema"))
    ajv.addSchema(JSON.parse(fs.readFileSync("schema/" + file, "utf8")), file);

let documents = 0, faults = 0;
for await (const line of readline.createInterface({input: fs.createReadStream(process.argv[2])})) {
    const [name, document, good] = JSON.parse(line);
    const validate = ajv.getSchema(name + ".schema.json");
    documents++;
    if (validate(document) !== good && faults++ < 20)
        console.log(name + ": " + (good ? "refused: " + ajv.errorsText(validate.errors).slice(0, 200) : "taken") + ": " + line.slice(0, 300));
}
console.log(documents + " documents and changes of them by ajv, " + faults + " judged otherwise");
process.exit(documents > 0 && faults === 0 ? 0 : 1);
