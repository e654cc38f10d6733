import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.*;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.*;

/** veraPDF over files: arguments are paths; one line for each file and flavour, one for each failed rule. */
public class Judge {
  public static void main(String[] paths) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    boolean compliant = true;
    for (String path : paths) {
      for (PDFAFlavour flavour : new PDFAFlavour[] {PDFAFlavour.PDFA_2_A, PDFAFlavour.PDFUA_1}) {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(path), flavour);
            PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
          ValidationResult found = validator.validate(parser);
          compliant &= found.isCompliant();
          System.out.println((found.isCompliant() ? "ok " : "FAILED ") + flavour + " " + found.getTotalAssertions() + " " + path);
          for (TestAssertion one : found.getTestAssertions()) {
            System.out.println("  " + one.getRuleId() + " " + one.getMessage());
          }
        }
      }
    }
    System.exit(compliant ? 0 : 1);
  }
}
