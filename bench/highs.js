// node bench/highs.js PROGRAM.lp SECONDS SOLUTION [GAP]: solves with HiGHS (npm package highs), to a gap of 0 where none is given.
// Prints status, value and the seconds it took, without reading; writes SOLUTION in HiGHS' own form.
const fs = require('fs');
const [program, limit, solution, gap] = process.argv.slice(2);
require('highs')().then((highs) => {
    const began = process.hrtime.bigint();
    const answer = highs.solve(fs.readFileSync(program, 'utf8'), {
        time_limit: Number(limit), mip_rel_gap: Number(gap || 0), mip_abs_gap: 0, output_flag: false, log_to_console: false});
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    console.log(answer.Status, answer.ObjectiveValue, seconds.toFixed(3));
    const columns = Object.entries(answer.Columns);
    fs.writeFileSync(solution, 'Model status\n' + answer.Status + '\n\n# Primal solution values\nFeasible\nObjective ' +
        answer.ObjectiveValue + '\n# Columns ' + columns.length + '\n' +
        columns.map(([name, column]) => name + ' ' + column.Primal + '\n').join('') + '# Rows 0\n');
}).catch((fault) => { console.error(String(fault)); process.exit(1); });
