/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A terminal operating system in miniature, in Java over JNA: every 30 seconds it feeds the news to a
 * session, asks for a plan within 20, says what moved, and keeps the plan of each cycle as a file.
 * host.c and host.py do the same in the same words; all three write the same bytes.
 *
 *     javac -cp /usr/share/java/jna.jar Host.java
 *     java -cp /usr/share/java/jna.jar:. Host SCENARIO NEWS FOLDER [PERIOD_S [WORK]]
 *
 * -Djna.library.path=FOLDER names the folder of libquaywright.so if the system does not know it.
 */
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

public final class Host {
    private static final long UNSET = Long.MIN_VALUE; // QWR_UNSET
    private static final int PLAN_XML = 1;            // QWR_PLAN_XML

    /** The functions of the library that this program calls; their manual is <quaywright/session.h>. */
    interface Quaywright extends Library {
        int qwr_context_new(PointerByReference out, Pointer allocator);
        void qwr_context_free(Pointer ctx);
        Pointer qwr_context_cause(Pointer ctx, long i);
        int qwr_version_at_least(int major, int minor, int patch);
        String qwr_version();
        String qwr_outcome_name(int outcome);
        int qwr_scenario_load(PointerByReference out, Pointer ctx, String path, int format);
        void qwr_scenario_free(Pointer scenario);
        int qwr_session_new(PointerByReference out, Pointer ctx, Pointer scenario);
        void qwr_session_free(Pointer session);
        int qwr_session_set_now(Pointer session, long nowS);
        int qwr_session_set_eta(Pointer session, String call, long etaS);
        int qwr_session_set_berthed(Pointer session, String call, Berthed berthed);
        int qwr_session_remove_call(Pointer session, String call);
        int qwr_session_crane_down(Pointer session, String window, String crane, long from,
            long to, String reason);
        int qwr_session_close_quay(Pointer session, String window, String quay, long fromMm,
            long toMm, long from, long to, String reason);
        int qwr_session_remove_window(Pointer session, String window);
        int qwr_session_pin(Pointer session, String call, Pin pin);
        int qwr_session_announce(Pointer session);
        int qwr_session_plan(Result result, Pointer session, SolveOptions options);
        int qwr_session_plan_text(PointerByReference text, LongByReference length,
            Pointer session, int format);
        void qwr_text_free(Pointer ctx, Pointer text);
        Pointer qwr_plan_get_quality(Pointer plan);
        long qwr_diff_count(Pointer diff);
        Pointer qwr_diff_get(Pointer diff, long i);
        SolveOptions.ByValue qwr_solve_options_init();
    }

    /** The first member of every struct is its size: the library fills and reads no more. */
    @Structure.FieldOrder({"size", "deadlineMs", "workLimit", "seed", "solver", "optimisers",
        "forecast", "start", "milpFile", "progress", "payload"})
    public static class SolveOptions extends Structure {
        public int size;
        public long deadlineMs, workLimit, seed;
        public Pointer solver, optimisers, forecast, start, milpFile, progress, payload;

        public static class ByValue extends SolveOptions implements Structure.ByValue {
        }
    }

    @Structure.FieldOrder({"size", "quay", "berth", "positionMm", "startS", "cranes", "movesDone",
        "endS"})
    public static class Berthed extends Structure {
        public int size;
        public String quay, berth;
        public long positionMm, startS, cranes = UNSET, movesDone = UNSET, endS = UNSET;
    }

    @Structure.FieldOrder({"size", "quay", "berth", "positionMm", "startS", "cranes"})
    public static class Pin extends Structure {
        public int size;
        public String quay, berth;
        public long positionMm, startS, cranes;
    }

    /** The part of qwr_session_result this program looks at. */
    @Structure.FieldOrder({"size", "conflictCount", "scenario", "plan", "diff", "conflicts", "cycle"})
    public static class Result extends Structure {
        public int size, conflictCount;
        public Pointer scenario, plan, diff, conflicts;
        public long cycle;
    }

    private final Quaywright lib = Native.load("quaywright", Quaywright.class,
        Map.of(Library.OPTION_STRING_ENCODING, "UTF-8"));
    private final Pointer ctx;
    private final Pointer session;
    private final Path folder;
    private final long periodS;
    private final long work;

    private Host(String scenarioPath, Path folder, long periodS, long work) {
        this.folder = folder;
        this.periodS = periodS;
        this.work = work;
        if (lib.qwr_version_at_least(0, 2, 0) == 0)
            throw new IllegalStateException("Quaywright 0.2 is needed, this is " + lib.qwr_version());
        PointerByReference out = new PointerByReference();
        check(lib.qwr_context_new(out, null));
        ctx = out.getValue();
        check(lib.qwr_scenario_load(out, ctx, scenarioPath, 0));
        Pointer scenario = out.getValue();
        check(lib.qwr_session_new(out, ctx, scenario));
        session = out.getValue();
        lib.qwr_scenario_free(scenario);
    }

    /** The sentence of the innermost cause: the third pointer of qwr_cause, after size and status. */
    private String cause() {
        Pointer cause = ctx == null ? null : lib.qwr_context_cause(ctx, 0);
        return cause == null ? "no cause known"
            : cause.getPointer(8 + Native.POINTER_SIZE).getString(0, "UTF-8");
    }

    private void check(int status) {
        if (status != 0)
            throw new IllegalStateException(cause());
    }

    private static long number(String text) {
        return text.equals("-") ? UNSET : Long.parseLong(text);
    }

    // --- news -----------------------------------------------------------------------------------

    private int berthed(String[] a) {
        Berthed told = new Berthed();
        told.size = told.size();
        told.quay = a[3];
        told.positionMm = number(a[4]);
        told.startS = number(a[5]);
        told.cranes = number(a[6]);
        told.movesDone = number(a[7]);
        return lib.qwr_session_set_berthed(session, a[2], told);
    }

    private int pin(String[] a) {
        Pin pin = new Pin();
        pin.size = pin.size();
        pin.quay = a[3];
        pin.positionMm = number(a[4]);
        pin.startS = number(a[5]);
        pin.cranes = number(a[6]);
        return lib.qwr_session_pin(session, a[2], pin);
    }

    private int feed(String[] a) {
        switch (a[1]) {
            case "now": return lib.qwr_session_set_now(session, number(a[2]));
            case "eta": return lib.qwr_session_set_eta(session, a[2], number(a[3]));
            case "berthed": return berthed(a);
            case "left": return lib.qwr_session_remove_call(session, a[2]);
            case "crane_down":
                return lib.qwr_session_crane_down(session, a[2], a[3], number(a[4]), number(a[5]),
                    null);
            case "close":
                return lib.qwr_session_close_quay(session, a[2], a[3], number(a[4]), number(a[5]),
                    number(a[6]), number(a[7]), null);
            case "over": return lib.qwr_session_remove_window(session, a[2]);
            case "pin": return pin(a);
            case "free": return lib.qwr_session_pin(session, a[2], null);
            case "announce": return lib.qwr_session_announce(session);
            default: throw new IllegalArgumentException("unknown news: " + a[1]);
        }
    }

    /** The library refuses news that cannot be true and stays as it was: say so and go on. */
    private boolean feedCycle(List<String> news, long cycle) {
        boolean fed = false;
        for (String line : news) {
            String[] words = line.trim().split(" +");
            if (line.startsWith("#") || words.length < 2 || Long.parseLong(words[0]) != cycle)
                continue;
            if (feed(words) != 0)
                System.out.println("  refused: " + cause());
            fed = true;
        }
        return fed;
    }

    // --- plans ----------------------------------------------------------------------------------

    /** qwr_plan_quality: size, outcome, stop, then 64-bit cost, bound and unplaced. */
    private void tell(Result r) {
        Pointer quality = lib.qwr_plan_get_quality(r.plan);
        System.out.printf("cycle %d: %s, %d calls without a place%n", r.cycle,
            lib.qwr_outcome_name(quality.getInt(4)), quality.getLong(32));
        for (int i = 0; i < r.conflictCount; i++)
            System.out.println("  conflict: "
                + r.conflicts.getPointer((long) i * Native.POINTER_SIZE).getString(0, "UTF-8"));
        for (long i = 0; r.diff != null && i < lib.qwr_diff_count(r.diff); i++)
            System.out.println("  " + new Change(lib.qwr_diff_get(r.diff, i)).sentence());
    }

    /** qwr_change; only its last member is read. */
    @Structure.FieldOrder({"size", "kind", "entity", "id", "vessel", "field", "before", "after",
        "stayBefore", "stayAfter", "moved", "startDeltaS", "endDeltaS", "positionDeltaMm",
        "cranesDelta", "costDeltaMu", "sentence"})
    public static class Change extends Structure {
        public int size, kind;
        public Pointer entity, id, vessel, field, before, after, stayBefore, stayAfter;
        public int moved;
        public long startDeltaS, endDeltaS, positionDeltaMm, cranesDelta, costDeltaMu;
        public Pointer sentence;

        Change(Pointer at) {
            super(at);
            read();
        }

        String sentence() {
            return sentence.getString(0, "UTF-8");
        }
    }

    private void keep(long cycle) throws Exception {
        PointerByReference text = new PointerByReference();
        LongByReference length = new LongByReference();
        check(lib.qwr_session_plan_text(text, length, session, PLAN_XML));
        byte[] bytes = text.getValue().getByteArray(0, (int) length.getValue());
        lib.qwr_text_free(ctx, text.getValue());
        Path path = folder.resolve("plan-" + cycle + ".xml");
        Path temporary = folder.resolve("plan-" + cycle + ".xml.new");
        Files.write(temporary, bytes);
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private void plan() throws Exception {
        SolveOptions options = lib.qwr_solve_options_init();
        options.deadlineMs = work < 0 ? periodS * 1000 * 2 / 3 : -1;
        options.workLimit = work;
        Result result = new Result();
        result.size = result.size();
        check(lib.qwr_session_plan(result, session, options));
        tell(result);
        keep(result.cycle);
    }

    private void run(List<String> news) throws Exception {
        plan();
        for (long cycle = 1;; cycle++) {
            long next = System.currentTimeMillis() + periodS * 1000;
            if (!feedCycle(news, cycle))
                break;
            plan();
            Thread.sleep(Math.max(0, next - System.currentTimeMillis()));
        }
        lib.qwr_session_free(session);
        lib.qwr_context_free(ctx);
    }

    public static void main(String[] args) throws Exception {
        if (args.length < 3) {
            System.err.println("usage: Host SCENARIO NEWS FOLDER [PERIOD_S [WORK]]");
            System.exit(1);
        }
        List<String> news = Files.readAllLines(Path.of(args[1]), StandardCharsets.UTF_8);
        long periodS = args.length > 3 ? Long.parseLong(args[3]) : 30;
        long work = args.length > 4 ? Long.parseLong(args[4]) : -1;
        new Host(args[0], Path.of(args[2]), periodS, work).run(news);
    }
}
