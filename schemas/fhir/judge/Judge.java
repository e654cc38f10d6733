import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationOptions;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.NpmPackageValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.hl7.fhir.utilities.npm.NpmPackage;

/** The official FHIR validation engine, offline: paths on standard input, messages on standard output. */
public class Judge {
  private static final String IPS = "http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips";
  private static final List<String> PACKAGES = List.of(
      "hl7.fhir.uv.ips-2.0.0.tgz", "hl7.fhir.uv.extensions.r4-5.3.0-ballot-tc1.tgz", "hl7.terminology.r4-7.0.1.tgz");
  /** The support classes find a definition by its address alone, so the packages' own versions are taken off. */
  private static final String VERSIONS = "[|](4\\.0\\.1|2\\.0\\.0|5\\.3\\.0-ballot-tc1|7\\.0\\.1)\"";

  public static void main(String[] arguments) throws Exception {
    FhirContext context = FhirContext.forR4();
    NpmPackageValidationSupport packages = new NpmPackageValidationSupport(context);
    for (String file : PACKAGES) {
      try (InputStream in = new FileInputStream(arguments[0] + "/" + file)) {
        NpmPackage found = NpmPackage.fromPackage(in);
        for (String name : found.listResources("StructureDefinition", "CodeSystem", "ValueSet")) {
          String text = new String(found.load("package", name).readAllBytes(), StandardCharsets.UTF_8);
          packages.addResource(context.newJsonParser().parseResource(text.replaceAll(VERSIONS, "\"")));
        }
      }
    }
    FhirInstanceValidator engine = new FhirInstanceValidator(new ValidationSupportChain(
        new DefaultProfileValidationSupport(context), packages, new CommonCodeSystemsTerminologyService(context),
        new InMemoryTerminologyServerValidationSupport(context), new SnapshotGeneratingValidationSupport(context)));
    engine.setAnyExtensionsAllowed(true);
    engine.setErrorForUnknownProfiles(false);
    engine.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
    FhirValidator validator = context.newValidator();
    validator.registerValidatorModule(engine);
    BufferedReader paths = new BufferedReader(new InputStreamReader(System.in));
    for (String path = paths.readLine(); path != null; path = paths.readLine()) {
      String body = Files.readString(Path.of(path));
      ValidationOptions options = new ValidationOptions();
      if (body.contains("\"60591-5\"")) {
        options.addProfile(IPS);
      }
      System.out.println("## " + path);
      for (SingleValidationMessage one : validator.validateWithResult(body, options).getMessages()) {
        System.out.println(one.getSeverity() + "\t" + one.getLocationString() + "\t" + one.getMessageId() + "\t"
            + String.valueOf(one.getMessage()).replace('\n', ' '));
      }
      System.out.flush();
    }
  }
}
