package io.tean.core.stream;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The text files of a folder on the class path, whether it lies in a jar or in a folder of classes. */
public final class ResourceFolder {
    private ResourceFolder() {}

    /**
     * The files' texts by name, in the order of the names.
     *
     * @param folder with a slash at its end
     */
    public static Map<String, String> files(String folder, String ending) {
        Map<String, String> files = new TreeMap<>();
        try {
            URL url = ResourceFolder.class.getClassLoader().getResource(folder);
            if (url == null) {
                throw new IllegalStateException("no folder " + folder + " on the class path; build again");
            }
            if (url.openConnection() instanceof JarURLConnection jar) {
                // The jar stays open: it is the class path's own.
                for (var entries = jar.getJarFile().entries(); entries.hasMoreElements(); ) {
                    String name = entries.nextElement().getName();
                    if (name.startsWith(folder) && name.endsWith(ending)) {
                        try (InputStream in =
                                jar.getJarFile().getInputStream(jar.getJarFile().getEntry(name))) {
                            files.put(
                                    name.substring(folder.length()),
                                    new String(in.readAllBytes(), StandardCharsets.UTF_8));
                        }
                    }
                }
            } else {
                try (var list = Files.list(Path.of(url.toURI()))) {
                    for (Path file :
                            list.filter(f -> f.toString().endsWith(ending)).toList()) {
                        files.put(file.getFileName().toString(), Files.readString(file));
                    }
                }
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("cannot list " + folder + " on the class path", e);
        }
        return files;
    }
}
