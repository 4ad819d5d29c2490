// A photo is made small in the phone before it is sent: 1,600 pixels, and nothing of where it was taken. Where that
// fails it is sent as it is, and the box does it.
//
// <input type="file" data-photo>

const SIDE = 1600;

for (const field of document.querySelectorAll("[data-photo]")) {
  field.addEventListener("change", async () => {
    const [file] = field.files;
    if (!file) return;
    try {
      const whole = await createImageBitmap(file);
      const scale = Math.min(1, SIDE / Math.max(whole.width, whole.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(whole.width * scale);
      canvas.height = Math.round(whole.height * scale);
      canvas.getContext("2d").drawImage(whole, 0, 0, canvas.width, canvas.height);
      const small = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.8));
      if (!small) return;
      const chosen = new DataTransfer();
      chosen.items.add(new File([small], "photo.jpg", { type: "image/jpeg" }));
      field.files = chosen.files;
    } catch {
      // sent as it is
    }
  });
}
