package dev.hydra.boot;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The WAR, unpacked once for each content under {@code <apps>/<size>-<time>} as {@link Layout} says. Processes that start together do not see each other's
 * half-written files (a folder appears by one rename), and the folder of a WAR that still runs is not deleted by a newer one (each run holds a shared lock).
 *
 * @param directory the unpacked application, complete
 * @param lock      held until the JVM ends; null where the folder cannot be written, and so not deleted either
 */
record Unpacked(Path directory, @Nullable FileLock lock) {
    private static final String LOCK = ".lock";
    private static final String PARTIAL = ".partial";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    static Unpacked of(Path war, Path apps) throws IOException {
        // Hydra's home, if this is its first start: nobody else's business.
        boolean posix = apps.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectories(apps,
                posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)} : new FileAttribute<?>[0]);
        String id = Long.toHexString(Files.size(war)) + "-" + Long.toHexString(Files.getLastModifiedTime(war).toMillis());
        Path directory = apps.resolve(id);
        FileLock lock = lockFile(apps.resolve(id + LOCK)).lock(0, Long.MAX_VALUE, true);
        if (!Files.isDirectory(directory)) {
            unpack(war, directory);
            deleteUnused(apps, id);
        }
        return new Unpacked(directory, lock);
    }

    /** The one whose jar this class was loaded from. */
    static Unpacked running() throws IOException {
        Path directory = source().getParent().getParent();
        Path lock = directory.resolveSibling(directory.getFileName() + LOCK);
        if (!Files.isWritable(lock)) {
            return new Unpacked(directory, null);
        }
        return new Unpacked(directory, lockFile(lock).lock(0, Long.MAX_VALUE, true));
    }

    /** The file that this class was loaded from: the WAR, or {@link Layout#CLASSES}. */
    static Path source() throws IOException {
        try {
            URI location = Unpacked.class.getProtectionDomain().getCodeSource().getLocation().toURI();
            return Path.of(location);
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** All jars of the class path, in an order that is always the same. */
    List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(Layout.JARS))) {
            return files.sorted().toList();
        }
    }

    /** What the server serves: pages and {@code WEB-INF/web.xml}. */
    Path web() {
        return directory.resolve(Layout.WEB);
    }

    private static FileChannel lockFile(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static void unpack(Path war, Path target) throws IOException {
        Path partial = Files.createTempDirectory(target.getParent(), target.getFileName() + PARTIAL);
        Layout.unpack(war, partial);
        try {
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            delete(partial); // another process was first, with the same content
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException(target.getParent() + " is on a file system without atomic renames", e);
        }
    }

    /** Deletes the folders of other WARs that no process runs; what cannot be deleted stays for the next time. */
    private static void deleteUnused(Path apps, String current) throws IOException {
        List<Path> locks;
        try (Stream<Path> files = Files.list(apps)) {
            locks = files.filter(file -> file.toString().endsWith(LOCK) && !file.endsWith(current + LOCK)).toList();
        }
        for (Path file : locks) {
            try (FileChannel channel = lockFile(file); FileLock exclusive = channel.tryLock()) {
                if (exclusive != null) {
                    String name = file.getFileName().toString();
                    deleteAll(apps, name.substring(0, name.length() - LOCK.length()));
                }
            }
        }
    }

    private static void deleteAll(Path apps, String id) throws IOException {
        List<Path> stale;
        try (Stream<Path> files = Files.list(apps)) {
            stale = files.filter(file -> file.getFileName().toString().startsWith(id)).toList();
        }
        for (Path path : stale) {
            delete(path);
        }
    }

    static void delete(Path tree) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(tree)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
