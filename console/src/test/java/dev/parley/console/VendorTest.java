package dev.parley.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The libraries of others are as their authors published them, and their licences lie beside them. */
class VendorTest {
    private static byte[] file(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(VendorTest.class.getResourceAsStream("vendor/" + name), name)) {
            return in.readAllBytes();
        }
    }

    @Test
    void areUnchanged() throws IOException, NoSuchAlgorithmException {
        String sums = new String(file("SHA256SUMS"), StandardCharsets.UTF_8);
        assertThat(sums.lines()).hasSize(3);
        for (String line : sums.lines().toList()) {
            String[] parts = line.split(" +");
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(file(parts[1]));
            assertThat(HexFormat.of().formatHex(digest)).as(parts[1]).isEqualTo(parts[0]);
        }
    }

    @Test
    void haveTheirLicences() throws IOException {
        for (String name : new String[] {"htm", "preact", "uplot"}) {
            assertThat(new String(file(name + ".LICENSE.txt"), StandardCharsets.UTF_8))
                    .containsPattern("MIT|Apache");
        }
    }
}
