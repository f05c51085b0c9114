package dev.hydra.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only the user who runs Hydra may read: mode 0600 in directories of mode 0700, where the file system has such modes. */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private PrivateFiles() {
    }

    /** Makes the directory and its missing parents; an existing one keeps its mode. @throws IOException when it cannot be made */
    public static void createDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, attributes(directory, DIRECTORY));
        }
    }

    /**
     * Opens a file to append to; a new one is private from its first moment.
     *
     * @throws IOException when it cannot be opened
     */
    public static FileChannel append(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        createDirectory(parent);
        return FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                attributes(parent, FILE));
    }

    /**
     * Makes the file with its whole content in one step: nobody ever sees half of it, and an existing file is left alone.
     *
     * @return false when the file was there already
     * @throws IOException when it cannot be written
     */
    public static boolean createWhole(Path file, byte[] content) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        createDirectory(parent);
        Path draft = Files.createTempFile(parent, ".hydra", ".tmp", attributes(parent, FILE));
        try {
            try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            return appears(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** A hard link is the one way to make a name appear atomically without replacing another; some file systems have none. */
    private static boolean appears(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | IOException e) {
            if (Files.exists(file)) {
                return false;
            }
            Files.move(draft, file);
            return true;
        }
    }

    /** Takes group's and others' rights from a file that a library made. @throws IOException when that is refused */
    static void restrict(Path file) throws IOException {
        if (posix(file)) {
            Files.setPosixFilePermissions(file, FILE);
        }
    }

    /** Whether others than the owner may read the file; false where the file system cannot tell. @throws IOException when unreadable */
    static boolean readableByOthers(Path file) throws IOException {
        return posix(file) && Files.getPosixFilePermissions(file).stream()
                .anyMatch(right -> right == PosixFilePermission.GROUP_READ || right == PosixFilePermission.OTHERS_READ);
    }

    private static FileAttribute<?>[] attributes(Path near, Set<PosixFilePermission> rights) {
        return posix(near) ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)} : new FileAttribute<?>[0];
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
