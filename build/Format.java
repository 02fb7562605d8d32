import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Checks or rewrites the format of every Java file of the repository: {@code Format check|write ROOT}. */
final class Format {
    public static void main(String[] args) throws Exception {
        boolean write = args[0].equals("write");
        Path root = Path.of(args[1]).toRealPath();
        Formatter formatter = Formatter.createFormatter(
                JavaFormatterOptions.builder().style(Style.PALANTIR).build());
        int wrong = 0;
        for (Path file : sources(root)) {
            String before = Files.readString(file);
            String after = formatter.formatSource(
                    ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(before), Style.PALANTIR));
            if (after.equals(before)) {
                continue;
            }
            if (write) {
                Files.writeString(file, after);
            } else {
                wrong++;
                System.err.println("not formatted: " + root.relativize(file));
            }
        }
        if (wrong > 0) {
            System.err.println("Run: mvn -pl build process-sources -Dformat=write");
            System.exit(1);
        }
    }

    private static List<Path> sources(Path root) throws Exception {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(f -> f.toString().endsWith(".java"))
                    .filter(f -> !root.relativize(f).toString().contains("target/"))
                    .sorted()
                    .toList();
        }
    }
}
